"""Finds and starts the browser that measures and tests of the chat drive."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

# What a distribution calls it. Others that speak the same protocol would do, but draw otherwise.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATH = "TENKYO_CHROMIUM"
# It asks nobody for anything but what a page asks for.
_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    # In a container there is no other user to keep it apart from.
    "--no-sandbox",
)
HOW_TO_INSTALL = (
    "no Chromium found; run: apt-get install chromium fonts-noto-cjk, or: playwright install "
    f"chromium, or set {_PATH} to one"
)


def find_browser(playwright: Playwright) -> Path | None:
    """Return the Chromium to use: the one that is named, the system's, or Playwright's own."""
    named = os.environ.get(_PATH)
    if named:
        return Path(named)
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    own = Path(playwright.chromium.executable_path)
    return own if own.is_file() else None


def start_browser(playwright: Playwright, path: Path, *flags: str) -> Browser:
    """Start a browser without a window.

    :param flags: further ones of the command line.
    """
    return playwright.chromium.launch(executable_path=path, args=[*_FLAGS, *flags])
