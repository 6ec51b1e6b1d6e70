"""What the app must be allowed to do in a workspace; `docs/slack.md` says why."""

# Of the bot token (xoxb-).
NEEDED_SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "im:history",
    "reactions:read",
)
# Of the app-level token (xapp-), for Socket Mode alone.
NEEDED_APP_SCOPE = "connections:write"
