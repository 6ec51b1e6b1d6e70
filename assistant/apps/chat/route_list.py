"""The requests that the chat answers; gradio knows many more, which nobody here needs.

Among those left out are a proxy, files by path or address, a page of statistics, an editor of the
program, and the older transport of MCP.
"""

import re
from dataclasses import dataclass

# A question of the greatest length, with history, is far below.
SMALL_BODY = 256 * 1024
# A conversation that comes back from the browser (`browser_history`), quoted once more as JSON.
HISTORY_BODY = 3 * 1024 * 1024
# A note of the greatest size (`NOTE_BYTES`) with what a form adds.
UPLOAD_BODY = 12 * 1024 * 1024
NOTE_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of request.

    methods: separated by spaces.
    paths: a pattern of the whole path.
    body_bytes: the longest body.
    is_asking: whether it is counted as a question.
    is_upload: whether the body is a form with files; any other is JSON.
    """

    methods: str
    paths: str
    body_bytes: int = 0
    is_asking: bool = False
    is_upload: bool = False


_API = "/gradio_api"
_FUNCTIONS = "(ask|search|read_section)"
_ROUTES = (
    Route("GET HEAD", "/"),
    Route("GET HEAD", "/healthz"),
    Route("GET HEAD", r"/(assets|static|svelte)/[\w./~@+-]+"),
    Route("GET HEAD", r"/(favicon\.(ico|svg)|robots\.txt)"),
    Route("GET", rf"(/config/?|({_API})?/theme\.css)"),
    Route("GET", rf"{_API}/(info|openapi\.json|app_id|startup-events)/?"),
    Route("GET", f"{_API}/heartbeat/[0-9a-z]+"),
    Route("GET", f"{_API}/(queue/data|upload_progress)"),
    Route("POST", f"{_API}/queue/join", HISTORY_BODY),
    # Events of the page that need no queue; gradio calls them all by this one name.
    Route("POST", f"{_API}/run/predict/?", HISTORY_BODY),
    Route("POST", f"{_API}/(cancel|reset)/?", SMALL_BODY),
    Route("POST", f"{_API}/upload", UPLOAD_BODY, is_upload=True),
    Route("POST", f"{_API}/(run|call|call/v2)/{_FUNCTIONS}/?", SMALL_BODY, is_asking=True),
    Route("GET", f"{_API}/call/(v2/)?{_FUNCTIONS}/[0-9a-f]+"),
    Route("POST", f"{_API}/mcp/?", SMALL_BODY, is_asking=True),
)
_PATTERNS = tuple(
    (frozenset(route.methods.split()), re.compile(route.paths), route) for route in _ROUTES
)


def find_route(method: str, path: str) -> Route | None:
    """Return what a request asks for, None if the chat does not answer it."""
    if ".." in path:
        return None
    for methods, pattern, route in _PATTERNS:
        if method in methods and pattern.fullmatch(path):
            return route
    return None
