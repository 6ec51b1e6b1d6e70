"""What a sentence claims part by part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.yes_no.segments import cut_segments


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("鍵は複製できる", ["鍵は複製できる"]),
        ("鍵は複製できず、作り直す", ["鍵は複製できない", "鍵は作り直す"]),
        ("鍵は複製でき、貸せる", ["鍵は複製できる", "鍵は貸せる"]),
        ("鍵は常に有効で、消せない", ["鍵は常に有効", "鍵は消せない"]),
        ("鍵は増やせるが減らせない", ["鍵は増やせる", "鍵は減らせない"]),
        # an exception, or advice against it
        ("鍵は複製できるが、東館は不可", ["東館は不可"]),
        ("鍵は複製できるが、勧めない", ["鍵は勧めない"]),
        ("割引は付かないので会員証を使う", ["割引は付かない", "割引は会員証を使う"]),
        ("扉は検査する、門は検査しない", ["扉は検査する", "門は検査しない"]),
        # where, not what
        ("門で、鍵は複製できない", ["門で、鍵は複製できない"]),
        ("門から、鍵は送れない", ["門から、鍵は送れない"]),
        # what describes the thing behind it
        ("複製できない、古い鍵を使う", ["複製できない、古い鍵を使う"]),
        ("鍵は、門、扉は不可", ["鍵は、門、扉は不可"]),
        ("", [""]),
    ],
)
def test_segments_get_the_topic_of_their_sentence(sentence: str, texts: list[str]) -> None:
    assert [segment.text for segment in cut_segments(sentence)] == texts


def test_a_segment_knows_what_stands_before_it() -> None:
    _, last = cut_segments("鍵は複製できず、作り直す")
    assert last.head == "鍵は複製できず、"


@given(st.text(alphabet="鍵は、でが不要ないるできず a", max_size=60))
def test_every_sentence_keeps_its_end(sentence: str) -> None:
    *_, last = cut_segments(sentence)
    assert last.text.endswith(sentence[len(last.head) :])
