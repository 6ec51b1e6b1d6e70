"""Drafts have one statement a line, and markers that stand for runs of sentences."""

from assistant.answering.citations import resolve_citations
from assistant.generators.draft_writer import DraftWriter
from tests.assistant.evidence import build_evidence

ITEM = build_evidence("a", 1.0, [("一。", 0.9), ("二。", 0.9), ("三。", 0.1), ("四。", 0.1)])
OTHER = build_evidence("b", 1.0, [("五\n六。", 0.9)])
ONE, TWO, THREE, FOUR = ITEM.sentences
(FIVE,) = OTHER.sentences


def test_neighbours_share_a_marker_and_others_have_their_own() -> None:
    writer = DraftWriter()
    writer.add_statement("前半です。", [TWO, ONE])
    writer.add_statement("全体です。", [FIVE, FOUR, ONE, TWO])
    draft = writer.build(())
    assert draft.text == "前半です。 [1]\n全体です。 [2][1][3]"
    assert draft.cited == ((ONE, TWO), (FIVE,), (FOUR,))
    assert [c.quote for c in resolve_citations(draft, [ITEM, OTHER])] == [
        "一。\n二。",
        "五\n六。",
        "四。",
    ]


def test_nothing_is_said_twice() -> None:
    writer = DraftWriter()
    assert writer.add_statement("Ｓ３です。", [ONE])
    assert not writer.add_statement("S3です。", [TWO])
    writer.add_quotes([THREE, FIVE, THREE])
    assert not writer.add_statement("三。", [THREE])
    assert writer.build(()).text == "Ｓ３です。 [1]\n三。 [2]\n五 六。 [3]"
    assert writer.characters == 5 + 2 + 4


def test_an_empty_draft_is_empty() -> None:
    assert DraftWriter().build(()).text == ""
