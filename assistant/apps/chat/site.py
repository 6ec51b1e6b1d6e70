"""Makes the application that the server runs: the page, what stands beside it, and the guard."""

import time
from functools import partial
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Response
from pydantic import SecretStr

from assistant.apps.chat.app import build_blocks
from assistant.apps.chat.gradio_library import mount_gradio_app
from assistant.apps.chat.guard import Guard, GuardRules
from assistant.apps.chat.health import health_record
from assistant.apps.chat.hosts import HostRule
from assistant.apps.chat.labels import build_translations
from assistant.apps.chat.limits import ChatLimits
from assistant.apps.chat.mcp_json import answer_mcp_in_json
from assistant.apps.chat.page import PageParts
from assistant.apps.chat.route_list import NOTE_BYTES
from assistant.apps.chat.services import ChatServices
from assistant.apps.chat.theme import build_theme, read_css, read_favicon, read_script
from assistant.serving.rate_limit import RateLimiter

_MINUTE = 60.0


def build_site(
    services: ChatServices,
    limits: ChatLimits,
    host: str,
    auth: SecretStr | None,
    uploads: Path,
) -> Guard:
    """Return the whole application; to be called in a running event loop.

    :param host: the address or name that it listens on.
    :param auth: `user:password` that every request must carry.
    :param uploads: where gradio keeps uploaded files.
    """
    site = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @site.get("/healthz")
    def tell_health() -> dict[str, object]:
        return health_record(services.live.overview(), version("tenkyo"))

    @site.get("/favicon.svg")
    @site.get("/favicon.ico")
    def send_favicon() -> Response:
        return Response(read_favicon(), media_type="image/svg+xml")

    _mount_page(site, services, limits)
    limit = partial(RateLimiter, seconds=_MINUTE, clock=time.monotonic)
    rules = GuardRules(
        HostRule(host),
        auth,
        uploads,
        asking=limit(limits.questions),
        requests=limit(limits.requests),
        failures=limit(limits.failures),
    )
    return Guard(site, rules, PageParts(read_script(), read_css()))


def _mount_page(site: FastAPI, services: ChatServices, limits: ChatLimits) -> None:
    translations = build_translations()
    blocks = build_blocks(services, translations, limits)
    mount_gradio_app(
        site,
        blocks,
        path="/",
        # Everything that gradio would read from the environment is said here.
        root_path="",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=True,
        show_error=False,
        max_file_size=NOTE_BYTES,
        i18n=translations,
        theme=build_theme(),
    )
    # gradio asks for this before it checks where a file lies, and sets it only in its own server.
    blocks.has_launched = True
    answer_mcp_in_json(blocks)
