"""Renders one matplotlib figure as SVG to be placed inside a web page.

What matplotlib writes is a file of its own; several of them in one page would share ids and styles,
and black text would vanish on a dark page. Here ids get a prefix, the style sheet becomes
attributes, metadata is left out, the font is the page's, and the ink becomes `currentColor`.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# A colour that nothing else uses: it marks what takes the colour of the page's text.
INK = "#010203"
_SETTINGS: dict[Any, Any] = {
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "figure.titlesize": 11.0,
    "figure.titleweight": "bold",
    "font.size": 10.0,
    "savefig.transparent": True,
    "svg.fonttype": "none",
    # Labels are text: a `$` in one is a dollar sign.
    "text.parse_math": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
# Text is drawn by the browser; this font only measures it, so one that lacks a character may.
_MISSING_GLYPH = "Glyph .* missing from font"
_FONT = re.compile(r"font-family:[^;]*;\s*")


def draw(name: str, title: str, size: tuple[float, float], paint: Callable[[Axes], None]) -> str:
    """Return one pair of axes as an `svg` element; the same drawing gives the same text.

    :param name: unique in the page; letters only.
    :param title: what the figure shows; also its name for readers who cannot see it.
    :param size: width and height, inches.
    :param paint: draws on the axes.
    """
    with _default_settings(name):
        figure = Figure(figsize=size, layout="constrained")
        figure.suptitle(title, x=0.01, horizontalalignment="left")
        paint(figure.add_subplot())
        written = io.BytesIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
    return _adopt(written.getvalue(), name, title)


@contextmanager
def _default_settings(name: str) -> Iterator[None]:
    """Draw by matplotlib's own defaults and ours, whatever the user's matplotlibrc says."""
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=_MISSING_GLYPH)
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        mpl.rcParams["svg.hashsalt"] = name
        yield


def _adopt(written: bytes, name: str, title: str) -> str:
    root = ElementTree.fromstring(written)  # noqa: S314 (what matplotlib has just written)
    for parent in list(root.iter()):
        for child in list(parent):
            if _local(child.tag) in ("metadata", "style"):
                parent.remove(child)
    for element in root.iter():
        element.tag = _local(element.tag)
        attributes = {_local(key): value for key, value in element.attrib.items()}
        element.attrib.clear()
        for key, value in attributes.items():
            element.set(key, _rename(key, value, name))
    root.attrib.pop("version", None)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    # What matplotlib's style sheet says of all elements.
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    root.set("role", "img")
    root.set("aria-label", title)
    return ElementTree.tostring(root, encoding="unicode")


def _rename(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    if key == "href":
        return f"#{name}-{value.removeprefix('#')}"
    if key == "style":
        value = _FONT.sub("", value)
    return value.replace("url(#", f"url(#{name}-").replace(INK, "currentColor")


def _local(qualified: str) -> str:
    return qualified.rpartition("}")[2]
