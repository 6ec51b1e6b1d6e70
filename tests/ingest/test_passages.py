import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.datatypes import Note, PassageKind
from ingest.markdown import parse_sections
from ingest.passages import (
    MAX_HEADING_CHARS,
    split_passages,
    split_sentence_passages,
    with_headings,
)
from ingest.plaintext import render_blocks


class FakeTokenizer:
    """Counts a token for every character after NFKC, four more for prefix and marks."""

    def __init__(self):
        self.calls = 0

    def count_tokens(self, texts):
        self.calls += 1
        return [len(unicodedata.normalize("NFKC", text)) + 4 for text in texts]


def split_first(text, max_tokens=512, split=split_passages):
    section = parse_sections(Note("n.md", text, "", "utf-8"))[0]
    blocks = render_blocks(section)
    return section, split(section, blocks, FakeTokenizer().count_tokens, max_tokens)


def squeeze(text):
    return "".join(text.split())


def test_headings_stand_above_the_text():
    assert with_headings(("甲", "乙"), "本文\n二行目") == "甲 > 乙\n本文\n二行目"


def test_long_headings_lose_the_outer_ones_first_and_then_their_end():
    outer, inner = "外" * 100, "内" * 50
    assert with_headings((outer, inner), "文") == f"{inner}\n文"
    assert with_headings((outer, "中", inner), "文") == f"中 > {inner}\n文"
    assert with_headings(("甲" * 500,), "文") == "甲" * MAX_HEADING_CHARS + "\n文"
    # U+FDFA folds into 18 characters: six of them fit, 108 <= 120 < 126.
    assert with_headings(("\ufdfa" * 500,), "文") == "\ufdfa" * 6 + "\n文"


def test_a_section_that_fits_is_one_passage():
    section, passages = split_first("# 題\n一つ。\n\n- 二つ\n- **三つ**\n")
    (passage,) = passages
    assert passage.passage_id == "n.md#題:p0"
    assert (passage.kind, passage.ordinal, passage.group) == (PassageKind.PASSAGE, 0, None)
    assert passage.text == "一つ。\n二つ\n三つ"
    assert (passage.line_start, passage.line_end) == (2, 5)
    assert section.text[passage.char_start : passage.char_end] == "一つ。\n\n- 二つ\n- **三つ**"


def test_an_empty_section_has_no_passages():
    assert split_first("# 題\n")[1] == []
    assert split_first("# 題\n", split=split_sentence_passages)[1] == []


def test_a_long_section_is_cut_between_blocks_into_similar_pieces():
    # Six paragraphs of 60: 360 + 5 line breaks + "題\n" + 4 = 371 > 200, two parts of three.
    _, passages = split_first("# 題\n" + "\n\n".join(c * 60 for c in "甲乙丙丁戊己"), 200)
    assert [p.text for p in passages] == [
        "\n".join(c * 60 for c in "甲乙丙"),
        "\n".join(c * 60 for c in "丁戊己"),
    ]
    assert [(p.line_start, p.line_end) for p in passages] == [(2, 6), (8, 12)]
    assert [p.passage_id for p in passages] == ["n.md#題:p0", "n.md#題:p1"]


def test_a_long_block_is_cut_between_sentences():
    sentences = [c * 59 + "。" for c in "甲乙丙丁"]
    section, passages = split_first("# 題\n" + "".join(sentences), 200)
    assert [p.text for p in passages] == ["".join(sentences[:2]), "".join(sentences[2:])]
    assert section.text[passages[1].char_start : passages[1].char_end] == passages[1].text


def test_a_line_without_spaces_is_cut_anywhere():
    line = "".join(chr(0x4E00 + i % 5000) for i in range(10_000))
    section, passages = split_first("# 題\n" + line)
    assert "".join(p.text for p in passages) == line
    assert all(len(p.text) <= 506 for p in passages)
    assert all(section.text[p.char_start : p.char_end] == p.text for p in passages)


def test_signs_that_fold_into_many_characters_fit_too():
    _, passages = split_first("# 題\n" + "\ufdfa" * 500)
    texts = [passage.text for passage in passages]
    assert "".join(texts) == "\ufdfa" * 500
    assert max(FakeTokenizer().count_tokens(texts)) <= 512 - len("題\n")


def test_sentences_quote_the_source_with_its_marks():
    text = "# 題\n- **甲**です\n\n> 乙を、\n> `丙`へ。丁。\n\n[戊](http://x)は。己。\n\n|a|b|\n|-|-|\n|c|d|\n"
    section, passages = split_first(text, split=split_sentence_passages)
    quotes = [(p.text, section.text[p.char_start : p.char_end]) for p in passages]
    assert quotes == [
        ("甲です", "**甲**です"),
        ("乙を、丙へ。", "乙を、\n> `丙`へ。"),
        ("丁。", "丁。"),
        # A link's address stands between: the whole line is quoted.
        ("戊は。", "[戊](http://x)は。己。"),
        ("己。", "己。"),
        ("a: c / b: d", "|c|d|"),
    ]
    assert [p.group for p in passages] == [0, None, None, None, None, 1]
    assert [(p.line_start, p.line_end) for p in passages][1] == (4, 5)
    assert [p.passage_id for p in passages] == [f"n.md#題:s{i}" for i in range(6)]


def test_a_sentence_that_occurs_twice_is_quoted_twice():
    _, passages = split_first("# 題\n同じ。同じ。\n", split=split_sentence_passages)
    assert [p.char_start for p in passages] == [4, 7]


def test_short_texts_are_not_counted_and_long_ones_in_few_calls():
    section = parse_sections(Note("n.md", "# 題\n" + "短い文。" * 20, "", "utf-8"))[0]
    blocks = render_blocks(section)
    tokenizer = FakeTokenizer()
    split_sentence_passages(section, blocks, tokenizer.count_tokens, 512)
    assert tokenizer.calls == 0
    split_passages(section, blocks, tokenizer.count_tokens, 200)
    assert tokenizer.calls <= 2


PARTS = st.sampled_from(
    [
        *[
            "甲です。",
            "乙を、",
            "\n",
            "\n\n",
            "\n- ",
            "\n  - ",
            "\n> ",
            "**丙**",
            "`丁`",
            "[戊](http://x)",
        ],
        *[
            "\n\n|a|b|\n|-|-|\n|c|",
            "|d|\n",
            "<br>",
            "&amp;",
            "&#10;",
            "\n\n<div><img alt='図の\n説明'>&NewLine;",
            "あ" * 90,
            "ｶﾞ①",
            "word ",
            "。",
            "\n```\n",
        ],
        *["😀", "\u3000", "\\*", "か\u3099", "（", "）"],
    ]
)


@pytest.mark.parametrize("split", [split_passages, split_sentence_passages])
@settings(max_examples=200, deadline=None)
@given(
    parts=st.lists(PARTS, max_size=40),
    heading=st.sampled_from(["題", "長" * 300, "\ufdfa" * 50, ""]),
    max_tokens=st.sampled_from([160, 200, 512]),
)
def test_passages_fit_and_lose_nothing(split, parts, heading, max_tokens):
    text = f"# {heading}\n\n" + "".join(parts)
    section, passages = split_first(text, max_tokens, split)
    wanted = squeeze("".join(block.text for block in render_blocks(section)))
    assert squeeze("".join(passage.text for passage in passages)) == wanted
    lines = section.text.split("\n")
    counts = FakeTokenizer().count_tokens(
        [with_headings(section.heading_path, passage.text) for passage in passages]
    )
    assert all(count <= max_tokens for count in counts)
    for ordinal, passage in enumerate(passages):
        assert passage.ordinal == ordinal
        assert passage.text.strip()
        assert 0 <= passage.char_start < passage.char_end <= len(section.text)
        first = section.text.count("\n", 0, passage.char_start) + section.line_start
        last = section.text.count("\n", 0, passage.char_end) + section.line_start
        assert passage.line_start <= first <= last <= passage.line_end
        assert section.line_start <= first
        assert last <= section.line_start + len(lines) - 1
    assert split_first(text, max_tokens, split) == (section, passages)
