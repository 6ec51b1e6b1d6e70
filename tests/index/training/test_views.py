import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.training.datatypes import TrainingSection
from index.training.views import SectionViews, View, split_views
from tests.fake_embedder import FakeEmbedder

count_tokens = FakeEmbedder().count_tokens


def section(text: str, *headings: str) -> TrainingSection:
    return TrainingSection("a-1", "a", "a.md", headings or ("甲",), text, (), ())


def split(text: str, *headings: str, max_tokens: int = 512) -> SectionViews:
    views = split_views(section(text, *headings), count_tokens, max_tokens)
    assert views is not None
    return views


def test_a_view_covers_its_lines() -> None:
    view = View("文", 2, 4)
    assert [line for line in range(1, 7) if view.covers(line)] == [2, 3, 4]


def test_passages_and_sentences_stand_under_their_headings() -> None:
    views = split("一つ目。二つ目。\n\n- **三つ目**", "甲", "乙")
    assert views.passages == (View("甲 > 乙\n一つ目。二つ目。\n三つ目", 1, 3),)
    assert views.sentences == (
        View("甲 > 乙\n一つ目。", 1, 1),
        View("甲 > 乙\n二つ目。", 1, 1),
        View("甲 > 乙\n三つ目", 3, 3),
    )


def test_a_long_section_gives_several_passages() -> None:
    # With the heading and its line break, two tokens for the marks: 4 + 30 for one line alone.
    views = split("\n\n".join(sign * 29 + "。" for sign in "あいう"), max_tokens=40)
    assert views.passages == tuple(
        View(f"甲\n{sign * 29}。", line, line) for sign, line in (("あ", 1), ("い", 3), ("う", 5))
    )


@given(st.lists(st.integers(1, 70), min_size=1, max_size=6))
def test_every_text_beyond_the_window_is_cut(lengths: list[int]) -> None:
    lines = ["あ" * length + "。" for length in lengths]
    views = split("\n".join(lines), max_tokens=24)
    for texts in ([v.text for v in views.passages], [v.text for v in views.sentences]):
        assert max(count_tokens(texts)) <= 24
        # Nothing is lost for that.
        rest = "".join(text.removeprefix("甲\n").replace("\n", "") for text in texts)
        assert rest == "".join(lines)


def test_a_heading_may_be_deeper_than_markdown_has_levels() -> None:
    headings = tuple("甲乙丙丁戊己庚辛")
    (sentence,) = split("文。", *headings).sentences
    assert sentence == View(" > ".join(headings) + "\n文。", 1, 1)


@pytest.mark.parametrize("text", ["", "\n", "  \n\u3000\n", "<!-- nothing -->"])
def test_a_section_without_text_gives_none(text: str) -> None:
    assert split_views(section(text), count_tokens, 512) is None


@given(st.lists(st.sampled_from(["", "あ。", "いい。", "VPCはう。"]), min_size=1, max_size=12))
def test_every_sentence_knows_its_line(lines: list[str]) -> None:
    views = split_views(section("\n".join(lines)), count_tokens, 512)
    expected = [View(f"甲\n{text}", i, i) for i, text in enumerate(lines, start=1) if text]
    assert list(views.sentences if views else ()) == expected
