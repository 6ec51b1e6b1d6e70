import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.multiple_choice.requirement_kinds import RequirementKind as Kind
from assistant.answering.multiple_choice.requirements import Requirement, find_requirements
from tests.time_limit import time_limit

JAPANESE = [
    ("最も費用対効果の高い方法はどれですか。", Kind.LOWEST_COST, "最も費用対効果の高い"),
    ("費用対効果が最も高いのはどれか", Kind.LOWEST_COST, "費用対効果が最も高い"),
    ("コストを最小限に抑えたい。", Kind.LOWEST_COST, "コストを最小限に抑えたい"),
    ("費用を抑えたく、急がない", Kind.LOWEST_COST, "費用を抑えたく"),
    ("できるだけ安く済ませるには", Kind.LOWEST_COST, "できるだけ安く"),
    ("最小のコストで実現するには", Kind.LOWEST_COST, "最小のコストで"),
    ("追加料金なしで使えるもの", Kind.LOWEST_COST, "追加料金なしで"),
    ("運用コストを削減したい", Kind.LOWEST_COST, "運用コストを削減したい"),
    ("運用負荷が最小の構成を選べ", Kind.LEAST_EFFORT, "運用負荷が最小の"),
    ("最小限の労力で移すには", Kind.LEAST_EFFORT, "最小限の労力で"),
    (
        "運用上のオーバーヘッドが最も少ない案",
        Kind.LEAST_EFFORT,
        "運用上のオーバーヘッドが最も少ない",
    ),
    ("管理の手間を減らしたい", Kind.LEAST_EFFORT, "管理の手間を減らしたい"),
    ("手間をかけずに監視したい", Kind.LEAST_EFFORT, "手間をかけずに"),
    ("最も運用効率の高い手段", Kind.LEAST_EFFORT, "最も運用効率の高い"),
    ("サーバーを管理せずに動かす", Kind.LEAST_EFFORT, "サーバーを管理せずに"),
    ("開発工数を最小にしたい", Kind.LEAST_DEVELOPMENT, "開発工数を最小にしたい"),
    ("実装の手間が少ないものを選ぶ", Kind.LEAST_DEVELOPMENT, "実装の手間が少ない"),
    ("コードを変更せずに移行する", Kind.LEAST_CHANGE, "コードを変更せずに"),
    ("最小限の変更で対応するには", Kind.LEAST_CHANGE, "最小限の変更で"),
    (
        "アプリケーションに手を加えることなく",
        Kind.LEAST_CHANGE,
        "アプリケーションに手を加えることなく",
    ),
    ("ダウンタイムを最小限に抑えて切り替える", Kind.LEAST_DOWNTIME, "ダウンタイムを最小限に抑えて"),
    ("無停止で更新したい", Kind.LEAST_DOWNTIME, "無停止で"),
    ("業務を止めずに移したい", Kind.LEAST_DOWNTIME, "業務を止めずに"),
    ("最小権限の原則に従うには", Kind.LEAST_PRIVILEGE, "最小権限の原則"),
    ("低レイテンシーで読みたい", Kind.LOWEST_LATENCY, "低レイテンシーで"),
    ("遅延を最小限にしたい", Kind.LOWEST_LATENCY, "遅延を最小限にしたい"),
    ("ミリ秒未満の応答が要る", Kind.LOWEST_LATENCY, "ミリ秒未満の応答"),
    ("最も高性能なボリューム", Kind.HIGHEST_PERFORMANCE, "最も高性能な"),
    ("スループットを最大化するには", Kind.HIGHEST_PERFORMANCE, "スループットを最大化する"),
    ("高可用性を備えた構成", Kind.HIGH_AVAILABILITY, "高可用性"),
    ("可用性を高めたい", Kind.HIGH_AVAILABILITY, "可用性を高めたい"),
    ("耐障害性の高い設計", Kind.FAULT_TOLERANCE, "耐障害性の高い"),
    ("単一障害点をなくしたい", Kind.FAULT_TOLERANCE, "単一障害点をなくしたい"),
    ("AZ の障害に耐えられること", Kind.FAULT_TOLERANCE, "障害に耐えられる"),
    ("耐久性の高い保存先", Kind.DURABILITY, "耐久性の高い"),
    ("需要に応じて自動的に拡張したい", Kind.SCALABILITY, "需要に応じて自動的に拡張"),
    ("最も安全な方法を選択してください", Kind.MOST_SECURE, "最も安全な"),
    ("インターネットを経由せずに S3 へ送る", Kind.PRIVATE_NETWORK, "インターネットを経由せずに"),
    ("最も早く導入できるのは", Kind.FASTEST_TO_IMPLEMENT, "最も早く導入"),
    ("ＲＴＯを最短にするには", Kind.FASTEST_RECOVERY, "ＲＴＯを最短に"),
]
ENGLISH = [
    ("Which is the MOST cost-effective way?", Kind.LOWEST_COST, "MOST cost-effective"),
    ("Which meets this MOST cost-effectively?", Kind.LOWEST_COST, "MOST cost-effectively"),
    ("at the lowest possible cost", Kind.LOWEST_COST, "at the lowest possible cost"),
    ("the least expensive option", Kind.LOWEST_COST, "least expensive"),
    ("They want to minimize storage costs.", Kind.LOWEST_COST, "minimize storage costs"),
    ("It must reduce the cost of reads.", Kind.LOWEST_COST, "reduce the cost"),
    ("pick the cheapest", Kind.LOWEST_COST, "cheapest"),
    ("at no additional cost", Kind.LOWEST_COST, "at no additional cost"),
    (
        "with the LEAST operational overhead?",
        Kind.LEAST_EFFORT,
        "with the LEAST operational overhead",
    ),
    (
        "with the least amount of administrative effort",
        Kind.LEAST_EFFORT,
        "with the least amount of administrative effort",
    ),
    ("the MOST operationally efficient way", Kind.LEAST_EFFORT, "MOST operationally efficient"),
    ("minimize management overhead", Kind.LEAST_EFFORT, "minimize management overhead"),
    ("with minimal effort", Kind.LEAST_EFFORT, "with minimal effort"),
    ("without managing servers", Kind.LEAST_EFFORT, "without managing servers"),
    ("the simplest way", Kind.LEAST_EFFORT, "simplest"),
    (
        "with the LEAST development effort",
        Kind.LEAST_DEVELOPMENT,
        "with the LEAST development effort",
    ),
    ("minimal coding effort", Kind.LEAST_DEVELOPMENT, "minimal coding effort"),
    ("with the fewest changes", Kind.LEAST_CHANGE, "with the fewest changes"),
    ("minimal code changes", Kind.LEAST_CHANGE, "minimal code changes"),
    ("without modifying the application", Kind.LEAST_CHANGE, "without modifying the application"),
    ("with the least downtime", Kind.LEAST_DOWNTIME, "with the least downtime"),
    ("without any downtime", Kind.LEAST_DOWNTIME, "without any downtime"),
    ("minimize disruption to users", Kind.LEAST_DOWNTIME, "minimize disruption"),
    (
        "follow the principle of least privilege",
        Kind.LEAST_PRIVILEGE,
        "principle of least privilege",
    ),
    ("with the lowest latency", Kind.LOWEST_LATENCY, "with the lowest latency"),
    ("low-latency access is needed", Kind.LOWEST_LATENCY, "low-latency"),
    ("single-digit millisecond reads", Kind.LOWEST_LATENCY, "single-digit millisecond"),
    (
        "the highest read throughput",
        Kind.HIGHEST_PERFORMANCE,
        "highest read throughput",
    ),
    ("maximize performance", Kind.HIGHEST_PERFORMANCE, "maximize performance"),
    ("a highly available design", Kind.HIGH_AVAILABILITY, "highly available"),
    ("must provide high availability", Kind.HIGH_AVAILABILITY, "high availability"),
    ("a fault-tolerant layout", Kind.FAULT_TOLERANCE, "fault-tolerant"),
    ("the MOST resilient option", Kind.FAULT_TOLERANCE, "MOST resilient"),
    ("survive the loss of a zone", Kind.FAULT_TOLERANCE, "survive the loss"),
    ("a highly durable store", Kind.DURABILITY, "highly durable"),
    ("must scale automatically", Kind.SCALABILITY, "scale automatically"),
    ("the MOST secure way", Kind.MOST_SECURE, "MOST secure"),
    (
        "without traversing the public internet",
        Kind.PRIVATE_NETWORK,
        "without traversing the public internet",
    ),
    ("the quickest way to do so", Kind.FASTEST_TO_IMPLEMENT, "quickest way"),
    ("with the lowest RTO", Kind.FASTEST_RECOVERY, "with the lowest RTO"),
]
NOTHING = [
    "コストは気にしない。",
    "コストの内訳を見る画面はどこ?",
    "費用は問わない",
    "料金はいくらですか",
    "高可用性は不要です",
    "高可用性は求めない。",
    "高可用性とは何ですか",
    "耐障害性の意味を教えて",
    "低レイテンシーである必要はない",
    "低遅延ではない回線もある",
    "費用対効果の高い構成にこだわらない",
    "無停止の必要はない",
    "最小権限の原則とは?",
    "可用性ゾーンの ID はどこで見る?",
    "遅延が大きい原因は何ですか",
    "DB の負荷が高い",
    "停止したインスタンスは課金される?",
    "変更履歴を見たい",
    "高スループットモードは何件まで?",
    "自動バックアップの保持期間は?",
    "",
    "Cost is the topic of this page.",
    "High availability is not required here.",
    "It does not need to be highly available.",
    "Pick one regardless of the lowest cost.",
    "What is fault tolerance?",
    "The latency of this link is 20 ms.",
    "Which security group applies?",
    "Low latency is not a concern.",
    "How many changes can I make a day?",
]


def test_there_are_enough_examples_and_none_twice() -> None:
    assert len({row[0] for row in JAPANESE}) == len({row[0] for row in ENGLISH}) == 40
    assert len(set(NOTHING)) == 30
    assert {row[1] for row in JAPANESE} == {row[1] for row in ENGLISH} == set(Kind)


@pytest.mark.parametrize(("text", "kind", "phrase"), JAPANESE + ENGLISH)
def test_a_demand_is_found_as_the_question_writes_it(text: str, kind: Kind, phrase: str) -> None:
    assert find_requirements(text) == (Requirement(kind, phrase),)


@pytest.mark.parametrize("text", NOTHING)
def test_topics_and_waived_demands_are_no_requirements(text: str) -> None:
    assert find_requirements(text) == ()


def test_requirements_come_in_the_order_of_the_words_and_once_each() -> None:
    text = (
        "業務を止めずに、費用対効果の高い構成へ移したい。高可用性も要る。"
        "コストを抑えたいが、サービスを停止せずに済ませたい。"
    )
    assert find_requirements(text) == (
        Requirement(Kind.LEAST_DOWNTIME, "業務を止めずに"),
        Requirement(Kind.LOWEST_COST, "費用対効果の高い"),
        Requirement(Kind.HIGH_AVAILABILITY, "高可用性"),
    )


def test_a_demand_that_is_waived_first_still_counts_where_it_is_made() -> None:
    text = "検証環境では高可用性は不要だが、本番では高い可用性が要る。"
    assert find_requirements(text) == (Requirement(Kind.HIGH_AVAILABILITY, "高い可用性"),)


def test_a_phrase_over_two_lines_is_shown_on_one() -> None:
    found = find_requirements("Which way has the LEAST\n  operational overhead?")
    assert found == (Requirement(Kind.LEAST_EFFORT, "LEAST operational overhead"),)


@given(st.text())
def test_every_phrase_stands_in_the_text(text: str) -> None:
    flat = " ".join(text.split())
    assert all(found.phrase in flat for found in find_requirements(text))


@pytest.mark.parametrize(
    "piece", ["最も", "最小限の", "コストを", "least ", "minimize a", "with the  ", "- ", "\ud800"]
)
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    with time_limit(1.0):
        assert find_requirements(text) == ()
