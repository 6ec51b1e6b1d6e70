"""The Slack bot: answers each question once, in its thread, with citations."""
