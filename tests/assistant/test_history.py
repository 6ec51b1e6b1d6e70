"""Follow-up questions are searched both alone and behind the user's earlier turns."""

import pytest

from assistant.answering.history import SearchText, complete_question


def words(text: str) -> list[str]:
    """A stand-in for the word analyzer: words are given with spaces between them."""
    return [word for word in text.rstrip("?？。").split() if word not in ("は", "の")]


class FakeTopics:
    """Gives the headings of a section for what is searched; `asked` records the texts."""

    def __init__(self, headings: str = "NLB > 負荷分散") -> None:
        self.headings = headings
        self.asked: list[list[SearchText]] = []

    def __call__(self, texts) -> str:
        self.asked.append(list(texts))
        return self.headings


TOPIC = "NLB の クロスゾーン 負荷分散 は 既定 で 有効 ?"
STANDING = "S3 の バージョニング を 停止 する 手順"


@pytest.mark.parametrize(
    "follow_up",
    [
        "じゃあ ALB 側 の 設定 は どこ ?",
        "それ の 料金 体系 を 説明 して",
        "もう一方 の 既定値 を 教えて",
        "クロスゾーン 負荷分散 の 費用 は?",
        "What about ALB listeners",
        "ALB",  # one word has no topic of its own
    ],
)
def test_a_question_that_leans_is_searched_behind_topic_and_turns(follow_up: str) -> None:
    topics = FakeTopics()
    assert complete_question(follow_up, [TOPIC], words, topics) == (
        SearchText(follow_up, 0.35),
        SearchText(f"NLB > 負荷分散 {follow_up}", 0.45),
        SearchText(f"{TOPIC} {follow_up}", 0.2),
    )
    assert topics.asked == [[SearchText(TOPIC)]]


def test_a_question_with_a_topic_of_its_own_counts_three_quarters() -> None:
    assert complete_question(STANDING, [TOPIC], words, FakeTopics()) == (
        SearchText(STANDING, 0.75),
        SearchText(f"NLB > 負荷分散 {STANDING}", 0.25),
    )


def test_where_nothing_was_found_the_last_turn_itself_is_the_topic() -> None:
    texts = complete_question(STANDING, [TOPIC], words, FakeTopics(""))
    assert texts[1].text == f"{TOPIC} {STANDING}"


def test_what_the_last_turn_is_about_may_come_from_the_turn_before_it() -> None:
    topics = FakeTopics()
    complete_question("ALB は?", ["古い 話", TOPIC, "それ の 料金 は?"], words, topics)
    # Two turns are searched: the last one behind the one before, and that by itself for it, behind
    # the words of a still older one.
    before, last = topics.asked
    assert [text.text for text in before] == [TOPIC, f"古い 話 {TOPIC}"]
    assert last[0].text == "それ の 料金 は?"
    assert last[1].text == "NLB > 負荷分散 それ の 料金 は?"


@pytest.mark.parametrize(
    "text", ["ところで それ は ?", "話は変わるけど ALB は?", "By the way ALB ?"]
)
def test_a_question_that_closes_the_topic_is_searched_alone(text: str) -> None:
    assert complete_question(text, [TOPIC], words, FakeTopics()) == (SearchText(text, 1.0),)


def test_an_end_that_leaves_something_out_does_not_count_behind_many_words() -> None:
    text = "RDS の 自動 バックアップ 保持 期間 は?"
    assert complete_question(text, [TOPIC], words, FakeTopics())[0].share == 0.75


@pytest.mark.parametrize(
    "text",
    [
        "その他 の 設定 項目",
        "これまで の 変更 履歴",
        "EBS と EFS それぞれ の 用途",
        "ALB それとも NLB",
        "容量 が 必要 であれば どう 足す ?",
        "スナップショット を そのまま 使う 手順",
    ],
)
def test_words_that_only_look_like_pointing_back_do_not(text: str) -> None:
    assert complete_question(text, [TOPIC], words, FakeTopics())[0].share == 0.75


def test_the_latest_turns_stand_in_their_order_and_older_ones_are_left_out() -> None:
    # Two turns are kept, as the dev split chose.
    [*_, behind] = complete_question("ALB は?", ["古い 話", STANDING, TOPIC], words, FakeTopics())
    assert behind.text == f"{STANDING} {TOPIC} ALB は?"


@pytest.mark.parametrize("history", [[], ["", " \u3000 "]])
def test_without_history_the_question_is_searched_alone(history: list[str]) -> None:
    assert complete_question("じゃあ ALB は?", history, words, FakeTopics()) == (
        SearchText("じゃあ ALB は?"),
    )


def test_blank_turns_are_passed_over() -> None:
    [*_, behind] = complete_question("ALB は?", [f" {TOPIC} ", "  "], words, FakeTopics())
    assert behind.text == f"{TOPIC} ALB は?"


@pytest.mark.parametrize("history", [[], [TOPIC], [STANDING, TOPIC]])
def test_the_question_comes_first_and_the_shares_sum_to_one(history: list[str]) -> None:
    texts = complete_question("それ の 上限 は?", history, words, FakeTopics())
    assert texts[0].text == "それ の 上限 は?"
    assert sum(text.share for text in texts) == pytest.approx(1.0)
