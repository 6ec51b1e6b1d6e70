"""Yes or no only where a sentence leaves no doubt; the words of each case were made up for it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.yes_no.decision import Polarity, decide_answer, decide_polarity
from ingest.content_words import WordAnalyzer
from ingest.tokenizer import MecabTokenizer
from tests.assistant.evidence import build_evidence

YES, NO = Polarity.YES, Polarity.NO


@pytest.fixture(scope="module")
def analyze():
    return WordAnalyzer(MecabTokenizer()).analyze


DECIDED = [
    # ability, and support as ability
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できる。", YES),
    ("倉庫の鍵は複製できますか", "倉庫の鍵は複製できない。", NO),
    ("倉庫の鍵って複製できるの?", "倉庫の鍵の複製は不可。", NO),
    ("倉庫の鍵は複製可能ですか？", "倉庫の鍵は複製可能", YES),
    ("倉庫の鍵を複製することはできますか", "倉庫の鍵を複製することはできません。", NO),
    ("ＡＬＢ で SNI を使える?", "ALB は SNI に対応している。", YES),
    ("ALB で SNI は使えますか", "ALB は SNI に未対応。", NO),
    ("ALB は SNI をサポートしていますか", "ALB は SNI を利用できる。", YES),
    ("議事録に図を付けられる?", "議事録には図を付けられない。", NO),
    ("議事録に図を付けられますか", "議事録には図を付けられる（形式は問わない）。", YES),
    ("台帳の行は消せる?", "台帳の行は削除できない。", NO),
    ("台帳の名前は変えられる?", "台帳の名前は変更できる。", YES),
    ("台帳の名前は変えられる?", "台帳の名前は変更できる（誰でもできる）。", YES),
    ("台帳の名前はあとから変えられる?", "台帳の名前は変更できない。", NO),
    ("台帳の名前は作成後に変更できる?", "台帳の名前は後から変えられる。", YES),
    ("台帳の名前は変更できる?", "台帳の名前は変更できず、作り直す。", NO),
    ("台帳の名前は変更できる?", "古い仕組みのため、台帳の名前は変更できない。", NO),
    ("台帳の名前は変更できる?", "- **台帳の名前**は変更できない。別の台帳に写す。", NO),
    ("台帳の行数は拡張できる?", "台帳の行数は自動で拡張できる。", YES),
    ("支店の回線を使える?", "本店・支店・工場の回線を使える。", YES),
    ("工場で予備の回線を使える?", "本店や工場で予備の回線を使える。", YES),
    # need
    ("入館に名札は必要?", "入館には名札が必要。", YES),
    ("入館に名札は必要ですか", "入館に名札は不要です。", NO),
    ("入館に名札は要る?", "入館に名札は必要ない。", NO),
    ("入館に名札は不要?", "入館に名札は不要。", YES),
    ("入館に名札は不要ですか", "入館に名札が要る。", NO),
    ("入館に名札は必須でしょうか", "入館に名札は必須。", YES),
    ("入館の名札は申請しなくていい?", "入館の名札は申請する必要がある。", NO),
    # cost
    ("倉庫の見学は無料?", "倉庫の見学は無料。", YES),
    ("倉庫の見学は無料ですか", "倉庫の見学は有料。", NO),
    ("倉庫の見学に料金はかかる?", "倉庫の見学に料金はかからない。", NO),
    ("倉庫の見学は課金される?", "倉庫の見学は課金されない。", NO),
    # existence, state, sameness, leave, passive, plain verbs, nouns
    ("倉庫の利用に人数の制限はある?", "倉庫の利用に人数の制限はない。", NO),
    ("倉庫の利用に人数の制限はありますか", "倉庫の利用に人数の制限がある。", YES),
    ("倉庫の警報は既定で有効?", "倉庫の警報は既定で無効。", NO),
    ("東棟と西棟の間取りは同じ?", "東棟と西棟の間取りは異なる。", NO),
    ("倉庫の夜間作業は許可されていますか", "倉庫の夜間作業は禁止。", NO),
    ("倉庫の記録は暗号化される?", "倉庫の記録は暗号化されない。", NO),
    ("倉庫の記録は毎日暗号化される?", "倉庫の記録は暗号化されない。", NO),
    ("夜間は倉庫の警報が鳴る?", "夜間は倉庫の警報が鳴らない。", NO),
    ("倉庫の床は防水?", "倉庫の床は防水。", YES),
    ("倉庫の床は防水ですか", "倉庫の床は防水ではない。", NO),
    ("停電したら倉庫の警報は鳴る?", "停電したら倉庫の警報は鳴らない。", NO),
    # leave that what cannot be done makes idle
    ("倉庫の鍵は複製しても平気?", "倉庫の鍵は複製できない。", NO),
    ("倉庫の鍵は複製してもいい?", "倉庫の鍵は複製してはいけない。", NO),
    # ways of asking
    ("倉庫の鍵は複製できるんだっけ", "倉庫の鍵は複製できない。", NO),
    ("倉庫の鍵は複製できるよね?", "倉庫の鍵は複製できる。", YES),
    ("倉庫の鍵は複製できるかどうか教えてください", "倉庫の鍵は複製できない。", NO),
    ("倉庫の鍵は複製できないという理解で合ってる?", "倉庫の鍵は複製できない。", YES),
    ("倉庫の鍵は複製できないの?", "倉庫の鍵は複製できる。", NO),
    ("倉庫の鍵は複製できないんですか", "倉庫の鍵は複製できない。", YES),
    ("倉庫の鍵は複製できませんよね?", "倉庫の鍵は複製できる。", NO),
    ("倉庫の鍵は複製できないんでしたっけ", "倉庫の鍵は複製できない。", YES),
    # English
    ("Can I share a snapshot?", "Snapshots can be shared.", YES),
    ("Can I share a snapshot?", "You cannot share a snapshot.", NO),
    ("Does the gateway support IPv6?", "The gateway does not support IPv6.", NO),
    ("Is a badge required?", "A badge is required.", YES),
    ("Is the transfer free?", "The transfer is charged.", NO),
    ("Does ALB support SNI?", "ALB は SNI に対応している。", YES),
]

UNDECIDED = [
    # restrictions, exceptions, conditions, hedges
    ("倉庫の鍵は複製できる?", "倉庫の鍵は管理者のみ複製できる。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵だけ複製できる。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵以外は複製できる。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できる。ただし 1 本。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は申請した場合は複製できる。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は、壊れたら複製できる。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できるかもしれない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できるとは限らない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できないわけではない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できないことはない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できるが、勧めない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は以前は複製できた。"),
    ("倉庫の鍵は複製できる?", "「倉庫の鍵は複製できる」は誤り。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できる?"),
    ("倉庫の鍵は複製できる?", "それは複製できない。"),
    ("入館に名札は必要?", "入館には必要に応じて名札を使う。"),
    ("入館に名札は必要?", "入館に必要な名札は受付にある。"),
    # something else, more special, or in other roles
    ("倉庫の鍵は複製できる?", "金庫の鍵は複製できない。"),
    ("倉庫の鍵は複製できる?", "倉庫の合鍵は貸し出せない。"),
    ("倉庫の鍵は複製できる?", "東倉庫の鍵は複製できない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は店で複製できない。"),
    ("倉庫の鍵は複製できる?", "鍵の倉庫は複製できない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できない（東館）。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵（東館）は複製できない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できる（要申請）。"),
    ("倉庫の鍵は東店で複製できる?", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵は後から複製できる?", "倉庫の鍵は複製できる。"),
    ("本店から支店へ荷物を移せる?", "支店から本店へ荷物を移せない。"),
    ("議事録に図を添付できる?", "図に議事録を添付できない。"),
    ("親会社は子会社を監査できる?", "子会社は親会社を監査できない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は交換できる。"),
    ("倉庫で荷物を見られる?", "倉庫に荷物を置けない。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵と名札は同時に複製できない。"),
    ("支店で予備の回線を使える?", "海外の本店・支店で予備の回線を使えない。"),
    ("倉庫の鍵は複製される?", "倉庫の鍵は複製できる。"),
    ("台帳は 20 行まで書ける?", "台帳は 50 行まで書ける。"),
    ("倉庫の警報は鳴る?", "種別: 倉庫の警報 / 昼: 鳴る / 夜: 鳴らない"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できる。倉庫の鍵は複製できない。"),
    # questions that ask for more, or may mean either
    ("倉庫の鍵は複製できない?", "倉庫の鍵は複製できない。"),
    ("倉庫の鍵は複製できませんか", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵は複製できないですか", "倉庫の鍵は複製できない。"),
    ("倉庫の鍵は複製できないか", "倉庫の鍵は複製できない。"),
    ("倉庫の鍵だけ複製できる?", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵は必ず複製できる?", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵は複製できる? それとも不可?", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵は複製すべき?", "倉庫の鍵は複製できる。"),
    ("その鍵は複製できる?", "鍵は複製できる。"),
    ("倉庫の合鍵は削除できる?", "自動倉庫の合鍵は削除できる。"),
    ("停電した場合は倉庫の鍵を複製できる?", "停電しない場合は倉庫の鍵を複製できない。"),
    ("倉庫は車庫?", "車庫は倉庫。"),
    ("倉庫の鍵は自動で複製できる?", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は自動では複製できない。"),
    ("倉庫の鍵は何本複製できる?", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵", "倉庫の鍵は複製できる。"),
    ("Can I share only some snapshots?", "Snapshots can be shared."),
    ("Can I share a snapshot?", "An encrypted snapshot cannot be shared."),
    ("Can I share a snapshot?", "Snapshots can be shared unless encrypted."),
    ("Can't I share a snapshot?", "Snapshots cannot be shared."),
    ("Can I share a snapshot?", "You can share, but cannot copy, a snapshot."),
    ("", ""),
    ("?", "倉庫の鍵は複製できる。"),
]


@pytest.mark.parametrize(("question", "sentence", "polarity"), DECIDED)
def test_what_is_plainly_said_decides(question, sentence, polarity, analyze) -> None:
    assert decide_polarity(question, sentence, analyze) is polarity


@pytest.mark.parametrize(("question", "sentence"), UNDECIDED)
def test_with_any_doubt_nothing_is_decided(question, sentence, analyze) -> None:
    assert decide_polarity(question, sentence, analyze) is None


@pytest.mark.parametrize(
    ("headings", "polarity"),
    [
        (("倉庫", "鍵"), NO),
        (("倉庫", "鍵の概要"), NO),
        (("設備", "鍵と名札"), None),  # of which building?
        (("倉庫", "無料枠"), None),
        (("倉庫", "予備の鍵"), None),
        (("倉庫", "無料枠", "鍵"), None),
        ((), None),
    ],
)
def test_headings_name_the_topic_or_narrow_it(headings, polarity, analyze) -> None:
    found = decide_polarity("倉庫の鍵は複製できる?", "鍵は複製できない。", analyze, headings)
    assert found is polarity


def test_the_next_sentence_may_take_it_back(analyze) -> None:
    question, sentence = "倉庫の鍵は複製できる?", "倉庫の鍵は複製できる。"
    assert decide_polarity(question, sentence, analyze, (), "1 本で足りる。") is YES
    assert decide_polarity(question, sentence, analyze, (), "ただし東館を除く。") is None


def test_the_first_quoted_sentence_that_decides_is_found(analyze) -> None:
    item = build_evidence("倉庫", 1.0, [("合鍵の話。", 0.9), ("倉庫の鍵は複製できない。", 0.5)])
    question = "倉庫の鍵は複製できる?"
    assert decide_answer(question, item.sentences, [item], analyze) == (NO, item.sentences[1])
    assert decide_answer(question, item.sentences[:1], [item], analyze) is None


def test_evidence_that_contradicts_itself_decides_nothing(analyze) -> None:
    first = build_evidence("倉庫", 1.0, [("倉庫の鍵は複製できない。", 0.9)])
    second = build_evidence("鍵", 0.5, [("倉庫の鍵は複製できる。", 0.1)])
    found = decide_answer("倉庫の鍵は複製できる?", first.sentences, [first, second], analyze)
    assert found is None


def test_what_stands_below_another_line_decides_nothing(analyze) -> None:
    question = "倉庫の鍵は複製できる?"
    row = build_evidence("倉庫", 1.0, [("倉庫の鍵は複製できない", 0.9, 1)], table=True)
    item = build_evidence("倉庫", 1.0, [("夜間は:", 0.1), ("倉庫の鍵は複製できない", 0.9, 1)])
    nested = build_evidence("倉庫", 1.0, [("東館", 0.1, 1), ("  倉庫の鍵は複製できない", 0.9, 1)])
    plain = build_evidence("倉庫", 1.0, [("鍵", 0.1, 1), ("倉庫の鍵は複製できない", 0.9, 1)])
    for evidence, expected in ((row, None), (item, None), (nested, None)):
        assert decide_answer(question, evidence.sentences, [evidence], analyze) is expected
    assert decide_answer(question, plain.sentences, [plain], analyze) == (NO, plain.sentences[1])


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read(question: str, sentence: str) -> None:
    decide_polarity(f"{question}できますか", f"{sentence}できない", str.split)


@pytest.mark.parametrize(
    "piece", ["あ", "(", "「", "a ", "鍵の", "鍵・", "\ud800", "\x00", "できず、"]
)
def test_long_text_takes_no_long_time(piece: str, analyze) -> None:
    text = piece * (100_000 // len(piece))
    started = time.perf_counter()
    assert decide_polarity("鍵は複製できる?", text, analyze) is None
    assert decide_polarity(text, "鍵は複製できる。", analyze) is None
    decide_polarity("鍵は複製できる?", "鍵は複製できる。", analyze, (text,) * 6, text)
    short = text[:290]
    decide_polarity(f"{short}できますか", f"{short}できない。", analyze, (short,), short)
    assert time.perf_counter() - started < 1.0
