"""A heading becomes the question that its section answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.headings.heading_forms import HeadingForm, find_form
from assistant.answering.headings.heading_questions import (
    ENGLISH,
    JAPANESE,
    MAX_QUESTION_CHARS,
    TEMPLATES,
    ask_about,
)
from tests.time_limit import time_limit

F = HeadingForm


@pytest.mark.parametrize(
    ("heading", "form"),
    [
        ("どのルートが勝つか", F.QUESTION),
        ("なぜ遅い？", F.QUESTION),
        ("CloudFront とは", F.QUESTION),
        ("どちらのせいか", F.QUESTION),
        ("How to create a VPC", F.QUESTION),
        ("What is a VPC?", F.QUESTION),
        ("あとで変更できます", F.POLITE),
        ("ヘルスチェックを無効にすると", F.CONDITION),
        ("つながらなかったら", F.CONDITION),
        ("ピアリング越しには使えない", F.STATEMENT),
        ("折り返しはしない", F.STATEMENT),
        ("トンネルは 2 本", F.STATEMENT),
        ("別アカウントの VPC もつながる", F.STATEMENT),
        ("無料枠がある", F.STATEMENT),
        ("TTL を全部 0 にする", F.PURPOSE),
        ("AZ 障害に備える", F.PURPOSE),
        ("ヘアピンで落ちる", F.OCCASION),
        ("名前を引けなくなった", F.OCCASION),
        ("料金が高い", F.OCCASION),
        ("踏み台に SSH できない", F.OCCASION),
        ("VPN が 1 時間ごとに切れる", F.OCCASION),
        ("VPC に入れたら 3 秒で死ぬ", F.OCCASION),
        ("特定の IP だけ拒否したい", F.OCCASION),
        ("別 VPC の SG を参照", F.TASK),
        ("ビルドを速く", F.TASK),
        ("TTL を 60 秒に", F.TASK),
        ("worker が SQS を二重処理", F.PHRASE),
        ("固定 IP が要るとき", F.CASE),
        ("XFS の場合", F.CASE),
        ("NACL の書き方", F.PHRASE),
        ("S3 との違い", F.PHRASE),
        ("使い分け", F.PHRASE),
        ("最も安い構成", F.PHRASE),
        ("どちらでも止められない通信", F.PHRASE),
        ("使いかた", F.PHRASE),
        ("キューは 3 つ", F.STATEMENT),
        ("種類 2 つ", F.PHRASE),
        ("PrivateLink 料金", F.PHRASE),
        ("NAT ゲートウェイ", F.NAME),
        ("終了保護（あとから有効にする）", F.NAME),
        ("Route tables", F.NAME),
        ("", F.NAME),
    ],
)
def test_the_form_of_a_heading(heading, form):
    assert find_form(heading) is form


@pytest.mark.parametrize(
    ("path", "question"),
    [
        (["NAT ゲートウェイ"], "NAT ゲートウェイとは?"),
        (["1. EKS"], "EKS とは?"),
        (["NACL の書き方"], "NACL の書き方は?"),
        (["どのルートが勝つか"], "どのルートが勝つか?"),
        (["EC2 が遅いのはなぜですか？"], "EC2 が遅いのはなぜですか?"),
        (["CloudFront とは"], "CloudFront とは?"),
        (["TTL を全部 0 にする"], "TTL を全部 0 にするには?"),
        (["ヘアピンで落ちる"], "ヘアピンで落ちるときは?"),
        (["S3 を使うと"], "S3 を使うとどうなる?"),
        (["別 VPC の SG を参照"], "別 VPC の SG を参照するには?"),
        (["VPN は変更できます"], "VPN は変更できますか?"),
        (["LB の IP は変わる"], "LB の IP は変わる?"),
        (["EC2 まとめ"], "EC2 とは?"),
        (["EC2 のまとめ"], "EC2 とは?"),
        (["CloudFront について"], "CloudFront とは?"),
        (["6/3 NLB の 502 が出る（web）"], "NLB の 502 が出るときは?"),
        (["EC2", "終了保護（あとから有効）"], "EC2 の終了保護（あとから有効）は?"),
        (["VIF (仮想インターフェイス)"], "VIF (仮想インターフェイス) とは?"),
        # What is general takes what stands above it in front.
        (["VPC", "NAT ゲートウェイ", "料金"], "NAT ゲートウェイの料金は?"),
        (["Transit Gateway (TGW)", "注意点:"], "Transit Gateway の注意点は?"),
        (["EC2", "制限"], "EC2 の制限は?"),
        (["EC2", "まとめ"], "EC2 のまとめは?"),
        (["EC2", "概要", "料金"], "EC2 の概要の料金は?"),
        (["EC2", "ログ"], "EC2 のログは?"),
        (["キャッシュ", "v2 の注意"], "キャッシュの v2 の注意は?"),
        (["RDS", "ピアリング越しには使えない", "例外"], "RDS の例外は?"),
        (["クラスターモード", "有効のとき"], "クラスターモードについて、有効のときは?"),
        (["EC2", "作成後は変更できない"], "EC2 について、作成後は変更できない?"),
        (["EC2", "どれを選ぶか"], "EC2 について、どれを選ぶか?"),
    ],
)
def test_japanese_questions(path, question):
    assert ask_about(path, JAPANESE) == question


@pytest.mark.parametrize(
    ("path", "question"),
    [
        (["NAT gateways"], "What about NAT gateways?"),
        (["How to create a VPC"], "How to create a VPC?"),
        (["Why is it slow?"], "Why is it slow?"),
        (["NAT gateways", "3. Pricing"], "What about the Pricing of NAT gateways?"),
        (["NAT", "料金"], "What about the 料金 of NAT?"),
    ],
)
def test_english_questions(path, question):
    assert ask_about(path, ENGLISH) == question


@pytest.mark.parametrize(
    "path",
    [
        [],
        [""],
        ["🎉"],
        ["?"],
        ["料金"],  # of what?
        ["概要", "料金"],
        ["はじめに"],
        ["EC2", "参考リンク"],
        ["EC2", "メモ"],
        ["EC2", "TODO"],
        ["EC2", "References"],
        ["EC2 を使ってください"],
        ["EC2 を使おう"],
        ["とても" + "長い" * 30 + " EC2 の名前"],
        ["名前の長い" + "サービス" * 14, "料金"],
    ],
)
def test_headings_that_make_no_question(path):
    assert ask_about(path, JAPANESE) is None


def test_braces_in_a_heading_are_no_template():
    assert ask_about(["EC2 {question}"], JAPANESE) == "EC2 {question}とは?"
    assert ask_about(["{whole} EC2", "料金"], JAPANESE) == "{whole} EC2 の料金は?"


HEADING = st.sampled_from(
    ["EC2", "料金", "3. 概要", "使うと", "どれか", "SG を参照", "あるとき", "変わる", "", "🎉"]
) | st.text(max_size=70)


@given(st.lists(HEADING, max_size=4), st.sampled_from(list(TEMPLATES)))
def test_any_headings_give_one_line_that_asks(path, language):
    question = ask_about(path, TEMPLATES[language])
    if question is not None:
        assert question.endswith("?")
        assert not question.endswith("??")
        assert len(question) <= MAX_QUESTION_CHARS
        assert "\n" not in question


@pytest.mark.parametrize("sign", ["あ", "a", "1", "は", "を", "[", "(", "\ud800", "の ", "も最"])
def test_hostile_headings_take_no_time(sign):
    with time_limit(1):
        ask_about([sign * 100_000] * 50, JAPANESE)
