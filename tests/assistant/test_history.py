"""Follow-up questions are completed from earlier turns."""

import pytest

from assistant.answering.history import complete_question


def words(text: str) -> list[str]:
    """A stand-in for the word analyzer: words are given with spaces between them."""
    return [word for word in text.rstrip("?？。").split() if word not in ("は", "の")]


TOPIC = "NLB の クロスゾーン 負荷分散 は 既定 で 有効 ?"


@pytest.mark.parametrize(
    "follow_up",
    ["じゃあ ALB は?", "それ の 料金 体系 を 説明 して", "もう一方 の 既定値 を 教えて", "ALB は?", "What about ALB ?"],
)
def test_a_question_that_points_back_is_led_by_the_topic(follow_up: str) -> None:
    assert complete_question(follow_up, [TOPIC], words) == f"{TOPIC} {follow_up}"


def test_a_question_with_a_topic_of_its_own_is_left_alone() -> None:
    new = "S3 の バージョニング を 停止 する 手順"
    assert complete_question(new, [TOPIC], words) == new


def test_the_topic_is_the_latest_turn_that_stands_alone() -> None:
    history = ["S3 の バージョニング を 停止 する 手順", TOPIC, "じゃあ ALB は?"]
    assert complete_question("じゃあ CLB は?", history, words) == f"{TOPIC} じゃあ CLB は?"


def test_without_history_nothing_is_added() -> None:
    assert complete_question("じゃあ ALB は?", [], words) == "じゃあ ALB は?"


def test_blank_turns_are_passed_over() -> None:
    assert complete_question("じゃあ ALB は?", [TOPIC, "  "], words) == f"{TOPIC} じゃあ ALB は?"
