"""What a browser is given of the notes: counts, time, problems, and the notes by folder."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.chat.notes_html import render_overview, render_scope
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.messages import ENGLISH as MESSAGES
from assistant.messages import JAPANESE as JAPANESE_MESSAGES
from assistant.render import printable
from assistant.serving.datatypes import NoteEntry, NotesOverview
from ingest.datatypes import SkippedFile, SkipReason
from ingest.note_warning import NoteWarning
from tests.assistant.apps.chat.hostile_notes import HOSTILE_NOTES
from tests.assistant.apps.chat.html_reading import Page, read_html

# Half past nine in the evening in Tokyo, nine hours ahead of UTC.
TOKYO = datetime.timezone(datetime.timedelta(hours=9))
OVERVIEW = NotesOverview(
    notes=(
        NoteEntry("a/b/深い.md", 1, ()),
        NoteEntry("a/甲.md", 2, ("網", "鍵")),
        NoteEntry("乙.md", 3, ()),
    ),
    skipped=(),
    warnings=(),
    folders=("a", "a/b"),
    tags=("網", "鍵"),
    sections=6,
    empty_sections=0,
    refreshed_at=datetime.datetime(2026, 1, 31, 21, 30, 5, tzinfo=TOKYO),
    is_refreshing=False,
    problem=None,
)


def show(overview: NotesOverview) -> str:
    return render_overview(overview, ENGLISH, MESSAGES)


def read(overview: NotesOverview) -> Page:
    return read_html(show(overview))


def test_an_overview_has_counts_time_and_the_notes_by_folder() -> None:
    assert show(OVERVIEW) == (
        '<div class="tk-notes"><p class="tk-counts">Notes: 3, sections: 6</p>'
        '<p>Last refreshed: <time class="tk-time" datetime="2026-01-31T12:30:05+00:00">'
        "2026-01-31 12:30 UTC</time></p>"
        '<details><summary>Notes that are searched</summary><ul class="tk-tree">'
        '<li><details class="tk-folder"><summary>a/ <span class="tk-count">2</span></summary><ul>'
        '<li><details class="tk-folder"><summary>b/ <span class="tk-count">1</span></summary><ul>'
        '<li><span class="tk-path">深い.md</span> <span class="tk-count">sections: 1</span></li>'
        "</ul></details></li>"
        '<li><span class="tk-path">甲.md</span> <span class="tk-count">sections: 2</span>'
        ' <span class="tk-tag">#網</span> <span class="tk-tag">#鍵</span></li></ul></details></li>'
        '<li><span class="tk-path">乙.md</span> <span class="tk-count">sections: 3</span></li>'
        "</ul></details></div>"
    )


@pytest.mark.parametrize(
    ("folders", "tags", "ja", "en"),
    [
        ([], [], "", ""),
        (["甲/乙"], [], "甲/乙 のノートだけから答えます。", "Answering only from 甲/乙."),
        (
            ["甲"],
            ["<b>", "丙"],
            "甲、#<b>、#丙 のノートだけから答えます。",
            "Answering only from 甲, #<b>, #丙.",
        ),
    ],
)
def test_the_notes_that_alone_are_answered_from_are_named(folders, tags, ja, en) -> None:
    assert read_html(render_scope(folders, tags, JAPANESE)).text == ja
    assert read_html(render_scope(folders, tags, ENGLISH)).text == en


def test_folders_with_a_common_beginning_stay_apart() -> None:
    paths = ("a b/1.md", "a-b/1.md", "a/1.md", "ab/1.md", "ab/2.md")
    page = read(replace(OVERVIEW, notes=tuple(NoteEntry(path, 1, ()) for path in paths)))
    assert [s.text for s in page.find("summary")][1:] == ["a b/ 1", "a-b/ 1", "a/ 1", "ab/ 2"]


def test_without_notes_that_is_said() -> None:
    page = read(replace(OVERVIEW, notes=(), sections=0))
    assert ENGLISH.notes_none in page.text
    assert not page.find("ul")


def test_what_failed_is_listed_with_its_reason_and_what_to_do() -> None:
    skipped = (
        SkippedFile("秘.md", SkipReason.IGNORED, ""),
        SkippedFile("絵.md", SkipReason.BINARY, "holds NUL bytes; convert it"),
    )
    warnings = (NoteWarning("甲.md", 2, "front matter is broken; mend it"),)
    page = read_html(
        render_overview(
            replace(OVERVIEW, skipped=skipped, warnings=warnings, empty_sections=4),
            JAPANESE,
            JAPANESE_MESSAGES,
        )
    )
    told = [details.text for details in page.find("details") if "tk-folder" not in details.classes]
    assert told[:3] == [
        "読めなかったファイル: 1 件絵.md テキストではないファイル: holds NUL bytes; convert it",
        "直すところのあるノート: 1 件甲.md 2 行目: front matter is broken; mend it",
        "除外したファイル: 1 件秘.md .tenkyoignore による除外",
    ]
    assert "本文のない節: 4 件" in page.text


def test_a_refresh_under_way_and_one_that_failed_are_told() -> None:
    page = read(replace(OVERVIEW, is_refreshing=True, problem="disk full; make room"))
    assert [p.text for p in page.find(kind="tk-notice")] == ["Refreshing…"]
    assert [p.text for p in page.find(kind="tk-warning")] == [
        "Could not refresh: disk full; make room"
    ]


def test_of_very_many_notes_the_first_are_listed_and_the_rest_counted() -> None:
    notes = tuple(NoteEntry(f"{n:05}.md", 1, ()) for n in range(1_234))
    page = read(replace(OVERVIEW, notes=notes))
    paths = page.find(kind="tk-path")
    assert (len(paths), paths[-1].text) == (1_000, "00999.md")
    assert page.text.endswith("and 234 more")
    assert "Notes: 1234" in page.text


@given(st.text(min_size=1, max_size=60) | st.sampled_from(list(HOSTILE_NOTES.values())))
def test_any_name_comes_out_as_text(name: str) -> None:
    overview = replace(
        OVERVIEW,
        notes=(NoteEntry(f"{name}/{name}x.md", 1, (name,)),),
        skipped=(SkippedFile(name, SkipReason.ENCODING, name),),
        warnings=(NoteWarning(name, 1, name),),
        problem=name,
    )
    page = read(overview)
    shown = "".join(page.find(kind="tk-tag")[0].text.split())
    assert shown == "#" + "".join(printable(name).split())
