"""The panel of the notes: how they stand, refreshing and adding some, and which to answer from."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_html import render_status
from assistant.apps.chat.events import EventBinder, Updates
from assistant.apps.chat.failures import describe_detail, is_unexpected
from assistant.apps.chat.gradio_library import gr
from assistant.apps.chat.languages import Wording, choose_wording
from assistant.apps.chat.notes_html import render_overview, render_scope
from assistant.apps.chat.services import ChatServices
from assistant.serving.note_drop import add_note
from index.refresh import RefreshReport

# How often the page is told how far a refresh is, in seconds.
_TELL_EVERY = 0.25

_Step = tuple[str, int, int]


class NotesPanel:
    """The events of the notes."""

    def __init__(self, services: ChatServices, controls: Controls) -> None:
        self._services = services
        self._controls = controls

    def connect(self, binder: EventBinder) -> None:
        """Register the events."""
        notes, language = self._controls.notes, self._controls.settings.language
        kept = [language, notes.folders, notes.tags]
        shown = [notes.overview, notes.folders, notes.tags]
        binder.bind(notes.tab.select, self.show, kept, shown)
        for chosen in (notes.folders, notes.tags):
            binder.bind(chosen.change, self.tell_scope, kept, [notes.scope])
        binder.bind_long(notes.refresh.click, self.refresh, kept, [*shown, notes.status])
        binder.bind_long(
            notes.drop.upload, self.add, [notes.drop, *kept], [*shown, notes.status, notes.drop]
        )

    def show(self, language: str, folders: Sequence[str], tags: Sequence[str]) -> Updates:
        """Show how the notes stand now; what they have no more cannot stay chosen."""
        wording = choose_wording(language)
        overview = self._services.live.overview()
        notes = self._controls.notes
        return {
            notes.overview: render_overview(overview, wording.texts, wording.messages),
            notes.folders: gr.update(
                choices=list(overview.folders), value=_keep(folders, overview.folders)
            ),
            notes.tags: gr.update(choices=list(overview.tags), value=_keep(tags, overview.tags)),
        }

    def tell_scope(self, language: str, folders: Sequence[str], tags: Sequence[str]) -> Updates:
        """Say which notes alone are answered from."""
        texts = choose_wording(language).texts
        return {self._controls.notes.scope: render_scope(folders, tags, texts)}

    def refresh(
        self, language: str, folders: Sequence[str], tags: Sequence[str]
    ) -> Iterator[Updates]:
        """Bring the index up to date, and tell how far that is."""
        yield from self._refresh(choose_wording(language), folders, tags, [])

    def add(
        self,
        paths: Sequence[str] | None,
        language: str,
        folders: Sequence[str],
        tags: Sequence[str],
    ) -> Iterator[Updates]:
        """Add the dropped files to the notes and bring the index up to date."""
        wording = choose_wording(language)
        told = [self._add_file(Path(path), wording) for path in paths or ()]
        yield {self._controls.notes.drop: None, **self._tell(*told)}
        yield from self._refresh(wording, folders, tags, told)

    def _add_file(self, path: Path, wording: Wording) -> str:
        """Make a note of an uploaded file, which is gone afterwards; return what became of it."""
        texts, services = wording.texts, self._services
        try:
            added = add_note(
                services.notes_folder, path.name, path.read_bytes(), services.read_limits
            )
        except Exception as error:  # noqa: BLE001  # one bad file does not keep others out
            return texts.drop_failed.format(name=path.name, detail=self._describe(error))
        finally:
            with suppress(OSError):
                path.unlink()
        return texts.drop_done.format(path=added)

    def _refresh(
        self,
        wording: Wording,
        folders: Sequence[str],
        tags: Sequence[str],
        told: Sequence[str],
    ) -> Iterator[Updates]:
        """Yield how far a refresh is, and at last how the notes stand.

        :param told: what happened before, to be told with it.
        """
        texts = wording.texts
        try:
            for news in self._watch_refresh():
                if isinstance(news, RefreshReport):
                    outcome = _describe_report(news, wording)
                else:
                    yield self._tell(*told, _describe_step(news, wording))
        except Exception as error:  # noqa: BLE001  # whatever it is, the user is told
            outcome = texts.refresh_failed.format(detail=self._describe(error))
        yield {
            **self.show(texts.language, folders, tags),
            **self._tell(*told, outcome),
        }

    def _watch_refresh(self) -> Iterator[_Step | RefreshReport]:
        """Yield the steps of a refresh, not each of them, and its report in the end."""
        steps: list[_Step] = []
        executor = ThreadPoolExecutor(1, thread_name_prefix="refresh")
        try:
            future = executor.submit(self._services.live.refresh, lambda *step: steps.append(step))
            while not wait([future], _TELL_EVERY).done:
                if steps:
                    yield steps[-1]
            yield future.result()
        finally:
            # Who left the page does not wait for it; it ends by itself.
            executor.shutdown(wait=False)

    def _tell(self, *told: str) -> Updates:
        return {self._controls.notes.status: render_status(*told)}

    def _describe(self, error: Exception) -> str:
        if is_unexpected(error):
            self._services.tell_unexpected(error)
        return describe_detail(error)


def _keep(chosen: Sequence[str], known: Sequence[str]) -> list[str]:
    return [name for name in chosen if name in known]


def _describe_step(step: _Step, wording: Wording) -> str:
    name, done, total = step
    stage = wording.messages.stages.get(name, name)
    return wording.texts.refresh_progress.format(stage=stage, done=done, total=total)


def _describe_report(report: RefreshReport, wording: Wording) -> str:
    if not report.changed:
        return wording.texts.refresh_unchanged
    return wording.texts.refresh_done.format(
        changed=report.notes_changed, removed=report.notes_removed, seconds=report.seconds
    )
