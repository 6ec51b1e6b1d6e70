"""The only way by which gradio comes in: quiet, offline, and without statistics.

gradio asks a server for its newest version and reports its use unless the first variable is set;
huggingface_hub, which comes in with it, asks the hub unless the second is. Both are read when the
libraries are imported, so that nothing else may import gradio.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
# After every event, gradio would compute statistics of the last 10,000 for a page that nobody sees.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"

import gradio as gr
from gradio import queueing, routes
from gradio.blocks import Block
from gradio.events import Dependency, api, on
from gradio.i18n import I18nData
from gradio.routes import mount_gradio_app

__all__ = ["Block", "Dependency", "I18nData", "api", "gr", "mount_gradio_app", "on"]


class _SilentTraceback:
    """Stands in for the module `traceback` where gradio prints what went wrong with a request.

    Our own functions tell of their failures themselves; what is left is what a client did wrong, in
    a page of text on the terminal.
    """

    @staticmethod
    def print_exc() -> None:
        """Print nothing."""


if not os.environ.get("TENKYO_DEBUG"):
    for _module in (queueing, routes):
        vars(_module)["traceback"] = _SilentTraceback
