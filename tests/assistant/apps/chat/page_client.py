"""Uses the page of the chat as a browser would, without one: over HTTP, control by control."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from gradio_client.utils import apply_diff

HISTORY = "tenkyo-history"


@dataclass
class PageClient:
    """A page that is open in one tab.

    kept: what the browser keeps, by the key of its storage; `tenkyo-history` is this tab's
        conversation, which `assets/conversations.js` keeps in a real one.
    """

    http: httpx.Client
    kept: dict[str, str] = field(default_factory=dict)
    session: str = field(default_factory=lambda: secrets.token_hex(5))

    def __post_init__(self) -> None:
        config = self.http.get("/config").raise_for_status().json()
        self.components = {c["id"]: c for c in config["components"]}
        self.dependencies = config["dependencies"]
        self.props = {number: dict(c["props"]) for number, c in self.components.items()}
        self.events: list[str] = []
        self.event_id = ""
        for number, props in self.props.items():
            if self.components[number]["type"] == "browserstate":
                props["value"] = self.kept.get(props["storage_key"], props["default_value"])
        self.fill("history", self.kept.get(HISTORY, ""))

    def find(self, name: str) -> int:
        """Return the id of the control `tenkyo-NAME`."""
        (number,) = [n for n, p in self.props.items() if p.get("elem_id") == f"tenkyo-{name}"]
        return number

    def value(self, name: str) -> Any:
        return self.props[self.find(name)].get("value")

    def is_visible(self, name: str) -> bool:
        return self.props[self.find(name)].get("visible", True) is True

    def is_usable(self, name: str) -> bool:
        return self.is_visible(name) and self.props[self.find(name)]["interactive"]

    def fill(self, name: str, value: Any) -> None:
        self.props[self.find(name)]["value"] = value

    def load(self, language: str = "en") -> "PageClient":
        """Let the page begin, for a browser of this language."""
        self.http.headers["accept-language"] = language
        self._run_all(lambda targets: any(event == "load" for _, event in targets))
        return self

    def click(self, name: str) -> None:
        self.trigger(name, "click")

    def trigger(self, name: str, event: str) -> None:
        number = self.find(name)
        self._run_all(lambda targets: [number, event] in targets)

    def act(self, **action: Any) -> None:
        """Press something in the page's own HTML."""
        self.fill("action", json.dumps(action))
        self.click("act")

    def stop(self) -> None:
        """Press the button that stops, while another thread asks."""
        number = self.find("stop")
        for dependency in self.dependencies:
            if [number, "click"] in dependency["targets"]:
                for cancelled in dependency["cancels"]:
                    self.http.post(
                        "/gradio_api/cancel",
                        json={
                            "session_hash": self.session,
                            "fn_index": cancelled,
                            "event_id": self.event_id,
                        },
                    ).raise_for_status()
        self.click("stop")

    def upload(self, name: str, data: bytes) -> None:
        """Drop a file on the control for notes."""
        sent = self.http.post("/gradio_api/upload", files={"files": (name, data)})
        (path,) = sent.raise_for_status().json()
        meta = {"_type": "gradio.FileData"}
        self.fill("drop", [{"path": path, "orig_name": name, "meta": meta}])
        self.trigger("drop", "upload")

    def ask(self, question: str) -> str:
        """Ask, and return the conversation as it is shown in the end."""
        self.fill("question", question)
        self.click("send")
        return self.value("conversation")

    def _run_all(self, is_meant: Any) -> None:
        for dependency in self.dependencies:
            if is_meant([list(target) for target in dependency["targets"]]):
                self._run(dependency)

    def _run(self, dependency: dict[str, Any]) -> None:
        if dependency["backend_fn"]:
            for data in self.call(dependency):
                self._apply(dependency["outputs"], data)
        # Of the scripts, only the one that presses the button changes what is tested here.
        elif "tenkyo-send" in (dependency["js"] or ""):
            (pending,) = dependency["inputs"]
            if self.props[pending].get("value"):
                self.click("send")
        for following in self.dependencies:
            if following["trigger_after"] == dependency["id"]:
                self._run(following)

    def call(self, dependency: dict[str, Any]) -> Iterator[list[Any]]:
        """Yield what an event gives for its outputs, once or growing."""
        body = {
            "data": [self.props[number].get("value") for number in dependency["inputs"]],
            "fn_index": dependency["id"],
            "session_hash": self.session,
            "trigger_id": None,
        }
        if not dependency["queue"]:
            yield (
                self.http.post("/gradio_api/run/predict", json=body)
                .raise_for_status()
                .json()["data"]
            )
            return
        joined = self.http.post("/gradio_api/queue/join", json=body).raise_for_status()
        self.event_id = joined.json()["event_id"]
        yield from self._follow()

    def _follow(self) -> Iterator[list[Any]]:
        data: list[Any] = []
        query = {"session_hash": self.session}
        with self.http.stream("GET", "/gradio_api/queue/data", params=query) as stream:
            for line in stream.iter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line.removeprefix("data:"))
                self.events.append(message["msg"])
                output = message.get("output") or {}
                if message["msg"] == "process_generating":
                    news = output["data"]
                    if data:
                        data = [apply_diff(o, d) for o, d in zip(data, news, strict=True)]
                    else:
                        data = news
                    yield data
                elif message["msg"] == "process_completed":
                    assert message["success"], output
                    yield output.get("data", [])
                elif message["msg"] == "close_stream":
                    return

    def _apply(self, outputs: list[int], data: list[Any]) -> None:
        for number, value in zip(outputs, data, strict=False):
            if isinstance(value, dict) and value.get("__type__") == "update":
                changes = {name: new for name, new in value.items() if name != "__type__"}
                self.props[number] |= changes
            else:
                self.props[number]["value"] = value
            if self.components[number]["type"] == "browserstate" and self.props[number]["value"]:
                self.kept[self.props[number]["storage_key"]] = self.props[number]["value"]
            if number == self.find("history"):
                self.kept[HISTORY] = self.value("history")
