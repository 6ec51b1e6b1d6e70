"""Yes or no only where a sentence leaves no doubt; the words of each case were made up for it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.yes_no.decision import Place, Polarity, decide_answer, decide_polarity
from assistant.answering.yes_no.plain_words import Lexicon
from ingest.content_words import WordAnalyzer
from ingest.tokenizer import MecabTokenizer
from tests.assistant.evidence import build_evidence
from tests.time_limit import time_limit

YES, NO = Polarity.YES, Polarity.NO


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(WordAnalyzer(MecabTokenizer()).analyze)


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
    # needed for something
    ("鍵を複製するには、先に申請が必要?", "鍵は、先に申請しないと複製できない。", YES),
    ("鍵の複製に名札は要る?", "名札がないと、鍵の複製はできない。", YES),
    ("名札を変えたら再申請が要る?", "名札の変更後は再申請しないと反映されない。", YES),
    ("入館の名札は申請しないといけませんか", "入館の名札は申請する必要はない。", NO),
    ("入館の名札は用意しなくていい?", "入館に名札は不要。", YES),
    ("入館にも鍵の複製は必要?", "入館に鍵の複製までは不要。", NO),
    # what singles out
    ("倉庫の鍵は複製できる?", "倉庫の鍵だけ複製できる。", YES),
    ("鍵は窓口で複製できる?", "鍵は窓口でしか複製できない。", YES),
    ("鍵は窓口でしか複製できないんですよね", "鍵は窓口でしか複製できない。", YES),
    ("台帳を消すだけで鍵は止まる?", "台帳を消すだけでは鍵を止められない。", NO),
    ("倉庫の警報は常に有効?", "倉庫の警報は常に有効で、止められない。", YES),
    ("倉庫の警報は必ず鳴る?", "倉庫の警報はいつも鳴る。", YES),
    # what is on one thing alone says no to its rivals
    ("倉庫の端末は HTTP でも使える?", "倉庫の端末は HTTPS でしか使えない。", NO),
    ("倉庫の端末で POST は使えますか", "倉庫の端末で使えるのは GET のみ。", NO),
    ("倉庫の端末は IPv6 に対応していますか", "倉庫の端末は IPv4 のみ対応。", NO),
    ("倉庫の端末で SQS を使える?", "倉庫の端末で使えるのは S3 と SNS の 2 つだけ。", NO),
    # joints of a sentence
    ("鍵は増やせる?", "鍵は増やせるが減らせない。", YES),
    ("鍵は減らせる?", "鍵は増やせるが減らせない。", NO),
    ("門の鍵は複製できる?", "扉の鍵は複製できるが、門の鍵は複製できない。", NO),
    ("扉の鍵は検査しますか", "扉の鍵は検査する、門の鍵は検査しない。", YES),
    ("門の鍵は検査しますか", "扉の鍵は検査する、門の鍵は検査しない。", NO),
    ("鍵は台ごとに作らなくていい?", "鍵は数の制限なし、台ごとに作る必要もない。", YES),
    ("鍵の番号は検索できる?", "鍵の番号は検索不可、名前を見る。", NO),
    ("扉の鍵に割引は付く?", "扉の鍵に割引は付かないので会員証と組み合わせる。", NO),
    ("入退室は既定で記録される?", "入退室は既定では記録されない、有料。", NO),
    ("平文を直接暗号化できますか", "平文を直接暗号化できない → 写しを作る。", NO),
    ("門の鍵は複製できる?", "扉の鍵と違い門の鍵は複製できない。", NO),
    # other names, examples and what stands in brackets
    ("台帳の番号は変えられる?", "台帳は不変（番号も名前も変えられない）。", NO),
    ("容量の予約は付く?", "キャパシティー（容量）の予約は付かない。", NO),
    ("落書きは扉で防げる?", "外部の被害（落書きなど）は扉で防げない。", NO),
    ("徒歩で門に入れる?", "徒歩で門に入れない（徒歩は裏口）。", NO),
    ("鍵の番号は消せる?", "鍵の番号は消せない（台帳を写すだけ）。", NO),
    # where something is used
    ("台帳を使うのに鍵は必要?", "台帳に鍵は不要。", NO),
    ("会員証なら鍵の番号は省略できる?", "会員証の場合は鍵の番号を省略できる。", YES),
    ("会員証だと名札は要りますか", "会員証に名札は不要。", NO),
    # later, and without a stop
    ("台帳の名前はあとから決められる?", "台帳の名前は作成時にしか決められない。", NO),
    ("台帳の警報はあとからオンにできる?", "台帳の警報は作成時にしか選べない。", NO),
    ("台帳の名前は変えられますか", "台帳の名前はオンラインで変更できる。", YES),
    ("台帳を使ったまま名前を変えられる?", "台帳の名前は無停止で変更できる。", YES),
    ("台帳の名前は使いながら変えられる?", "台帳の名前は無停止で変更できる。", YES),
    # a deed by another word of the same meaning, or a noun made of it
    ("倉庫の区画は広げられる?", "倉庫の区画の拡大・縮小はできない。", NO),
    ("倉庫の鍵は取り外せますか", "倉庫の鍵の取り外しはできない。", NO),
    ("1 つの鍵で門と扉を同時に開けられる?", "同じ鍵で門と扉を同時に開けられる。", YES),
    ("倉庫で図の指定はできる?", "倉庫に図の指定はない。", NO),
    ("台帳で検索は使える?", "台帳に検索はない。", NO),
    ("鍵は取引先に見せてもらえますか", "鍵は取引先に見せてもらえる。", YES),
    ("門は開けられる?", "門を開ける方法がある。", YES),
    ("門は開けられる?", "門は開けることができる。", YES),
    ("扉は 3 時まで開けておいても問題ない?", "扉は 3 時まで開けて困らない。", YES),
    # elsewhere, of what is denied altogether
    ("倉庫の鍵はほかの支店に送れる?", "倉庫の鍵は送れない。", NO),
    # English
    ("Can I share a snapshot?", "Snapshots can be shared.", YES),
    (
        "Can the primary key be changed after creation?",
        "プライマリキーは作成後に変えられない。",
        NO,
    ),
    ("Is there an API for deleting logs?", "ログの消去 API はない。", NO),
    ("Can I share a snapshot?", "You cannot share a snapshot.", NO),
    ("Does the gateway support IPv6?", "The gateway does not support IPv6.", NO),
    ("Is a badge required?", "A badge is required.", YES),
    ("Is the transfer free?", "The transfer is charged.", NO),
    ("Does ALB support SNI?", "ALB は SNI に対応している。", YES),
]

UNDECIDED = [
    # restrictions, exceptions, conditions, hedges
    ("倉庫の鍵は複製できる?", "倉庫の鍵は管理者のみ複製できる。"),
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
    # exceptions, restrictions and contrasts
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できない（東館は可能）。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できない（東館は別）。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できない（東館の鍵は複製できる）。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できる。東館は不可。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵は複製できるが、東館は不可。"),
    ("倉庫の鍵は複製できる?", "倉庫の鍵（店）は複製できない。"),
    ("扉の鍵は複製できる?", "扉の鍵と違い門の鍵は複製できない。"),
    ("門の鍵は複製できる?", "扉の鍵を門で、複製できない。"),
    ("倉庫の鍵は複製できる?", "門で、倉庫の鍵は複製できない。"),
    ("鍵は窓口で複製できる?", "鍵は門でしか複製できない。"),
    ("鍵は門だけで複製できる?", "鍵は門で複製できる。"),
    ("扉の鍵は複製できる?", "扉の鍵と門の鍵は交換できない。"),
    ("扉は門と交換できる?", "扉は窓と交換できない。"),
    # on one thing alone, of something that is no rival
    ("倉庫の端末は赤いケースで使える?", "倉庫の端末は青いケースでしか使えない。"),
    ("倉庫の端末は HTTP で使える?", "倉庫の端末は TCP でしか使えない。"),
    ("倉庫の端末は TLS で使える?", "倉庫の端末は TCP でしか使えない。"),
    ("倉庫の端末は S3 Express で使える?", "倉庫の端末は S3 と SNS だけで使える。"),
    ("倉庫の端末は HTTP だけで使える?", "倉庫の端末は HTTPS だけで使える。"),
    ("倉庫の端末は UDP を通せますか", "倉庫の端末が対応するのは TCP のみ。"),
    ("倉庫で赤い SQS は使える?", "倉庫の対応は S3 と SNS の 2 つだけ。"),
    ("扉の鍵は複製できる?", "扉の鍵は複製する、門の鍵は複製しない。"),
    # needed for something else
    ("名札の発行に申請は必要?", "鍵は、先に申請しないと複製できない。"),
    ("申請は必要?", "鍵は、先に申請しないと複製できない。"),
    ("鍵の複製に印鑑は必要?", "先に申請しないと鍵は複製できない。"),
    ("入館に名札の鍵は必要?", "入館に名札が必要。"),
    # dates to come, or of the things themselves
    ("倉庫の鍵は複製できる?", "2024 年以降に作った倉庫の鍵は複製できる。"),
    # the words in other roles, or other ones
    ("追加で鍵を設定できる?", "鍵に追加の設定はない。"),
    ("Does the key open the gate?", "門は鍵を開けない。"),
    ("Do plans reserve capacity?", "プランのキャパシティは予約されない。"),
    ("番の鍵は変えられる?", "鍵の番号は変えられない。"),
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
    ("倉庫の鍵は複製できる?", ""),
    ("倉庫の鍵は複製できる?", "。\n。"),
    ("?", "倉庫の鍵は複製できる。"),
]


@pytest.mark.parametrize(("question", "sentence", "polarity"), DECIDED)
def test_what_is_plainly_said_decides(question, sentence, polarity, lexicon) -> None:
    assert decide_polarity(question, sentence, lexicon) is polarity


@pytest.mark.parametrize(("question", "sentence"), UNDECIDED)
def test_with_any_doubt_nothing_is_decided(question, sentence, lexicon) -> None:
    assert decide_polarity(question, sentence, lexicon) is None


@pytest.mark.parametrize(
    ("headings", "polarity"),
    [
        (("倉庫", "鍵"), NO),
        (("倉庫", "鍵の概要"), NO),
        (("倉庫", "鍵（合鍵）"), NO),
        (("倉庫", "鍵（合鍵）の制限"), NO),
        (("設備", "鍵と名札"), None),  # of which building?
        (("倉庫と車庫", "鍵"), None),
        (("倉庫", "無料枠"), None),
        (("倉庫", "無料枠（期間）の制限"), None),
        (("倉庫", "予備の鍵"), None),
        (("倉庫", "無料枠", "鍵"), None),
        ((), None),
    ],
)
def test_headings_name_the_topic_or_narrow_it(headings, polarity, lexicon) -> None:
    place = Place(headings)
    assert (
        decide_polarity("倉庫の鍵は複製できる?", "鍵は複製できない。", lexicon, place) is polarity
    )


@pytest.mark.parametrize(
    ("headings", "polarity"),
    [
        (("設備", "鍵の保管箱"), NO),  # a key in passing
        (("設備", "鍵", "予備の鍵"), None),
        (("設備", "予備の扉の鍵"), None),
        (("設備", "無料枠"), None),
    ],
)
def test_a_claim_that_names_all_stands_beside_other_headings(headings, polarity, lexicon) -> None:
    place = Place(headings)
    assert (
        decide_polarity("倉庫の鍵は複製できる?", "倉庫の鍵は複製できない。", lexicon, place)
        is polarity
    )


def test_a_claim_on_a_sibling_by_name_stands_below_another(lexicon) -> None:
    question, sentence = "倉庫のプライマリ鍵は複製できる?", "倉庫のプライマリ鍵は複製できない。"
    assert decide_polarity(question, sentence, lexicon, Place(("設備", "セカンダリ鍵"))) is NO


def test_a_heading_in_latin_letters_ends_with_the_thing_too(lexicon) -> None:
    question, sentence = "倉庫の VPN は複製できる?", "倉庫の VPN は複製できない。"
    assert decide_polarity(question, sentence, lexicon, Place(("設備", "予備 IP VPN"))) is None
    assert decide_polarity(question, sentence, lexicon, Place(("設備", "VPN の予備"))) is NO


def test_the_name_of_the_note_names_the_topic(lexicon) -> None:
    question, sentence = "倉庫の鍵は複製できる?", "鍵は複製できない。"
    assert decide_polarity(question, sentence, lexicon, Place(("鍵",), "倉庫")) is NO
    assert decide_polarity(question, sentence, lexicon, Place(("無料枠", "鍵"), "倉庫")) is None
    assert decide_polarity(question, sentence, lexicon, Place(("鍵",), "倉庫-車庫")) is None


@pytest.mark.parametrize(
    ("preceding", "polarity"),
    [
        ("倉庫の鍵は受付にある。", NO),
        ("予備の倉庫は鍵がない。", None),  # of another one
        ("倉庫を使う。", None),
        ("", None),
    ],
)
def test_what_goes_before_on_the_line_names_the_topic(preceding, polarity, lexicon) -> None:
    question, sentence = "倉庫の鍵は作成後に変更できる?", "あとから変更はできない。"
    assert decide_polarity(question, sentence, lexicon, Place(preceding=preceding)) is polarity


def test_a_deed_alone_is_said_of_the_heading_only_at_the_beginning(lexicon) -> None:
    question, place = "鍵の番号はあとから変えられる?", Place(("倉庫", "鍵の番号"))
    assert decide_polarity(question, "作成後の変更は不可。", lexicon, place) is NO
    assert decide_polarity(question, "4 桁。作成後の変更は不可。", lexicon, place) is None
    assert decide_polarity(question, "名札は青い。作成後の変更は不可。", lexicon, place) is None


def test_the_next_sentence_may_take_it_back(lexicon) -> None:
    question, sentence = "倉庫の鍵は複製できる?", "倉庫の鍵は複製できる。"
    assert decide_polarity(question, sentence, lexicon, Place(following="1 本で足りる。")) is YES
    assert (
        decide_polarity(question, sentence, lexicon, Place(following="ただし東館を除く。")) is None
    )


def test_a_date_of_beginning_must_be_past(lexicon) -> None:
    question, sentence = "倉庫の鍵は複製できる?", "2024 年 11 月から倉庫の鍵は複製できる。"
    assert decide_polarity(question, sentence, lexicon, today=date(2024, 12, 1)) is YES
    assert decide_polarity(question, sentence, lexicon, today=date(2024, 11, 30)) is None
    assert decide_polarity(question, sentence, lexicon) is None


def test_the_first_quoted_sentence_that_decides_is_found(lexicon) -> None:
    item = build_evidence("倉庫", 1.0, [("合鍵の話。", 0.9), ("倉庫の鍵は複製できない。", 0.5)])
    question = "倉庫の鍵は複製できる?"
    assert decide_answer(question, item.sentences, [item], lexicon) == (NO, item.sentences[1])
    assert decide_answer(question, item.sentences[:1], [item], lexicon) is None


def test_evidence_that_contradicts_itself_decides_nothing(lexicon) -> None:
    first = build_evidence("倉庫", 1.0, [("倉庫の鍵は複製できない。", 0.9)])
    second = build_evidence("鍵", 0.5, [("倉庫の鍵は複製できる。", 0.1)])
    found = decide_answer("倉庫の鍵は複製できる?", first.sentences, [first, second], lexicon)
    assert found is None


def test_what_stands_below_another_line_decides_nothing(lexicon) -> None:
    question = "倉庫の鍵は複製できる?"
    row = build_evidence("倉庫", 1.0, [("倉庫の鍵は複製できない", 0.9, 1)], table=True)
    item = build_evidence("倉庫", 1.0, [("夜間は:", 0.1), ("倉庫の鍵は複製できない", 0.9, 1)])
    nested = build_evidence("倉庫", 1.0, [("東館", 0.1, 1), ("  倉庫の鍵は複製できない", 0.9, 1)])
    plain = build_evidence("倉庫", 1.0, [("鍵", 0.1, 1), ("倉庫の鍵は複製できない", 0.9, 1)])
    for evidence, expected in ((row, None), (item, None), (nested, None)):
        assert decide_answer(question, evidence.sentences, [evidence], lexicon) is expected
    assert decide_answer(question, plain.sentences, [plain], lexicon) == (NO, plain.sentences[1])


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read(question: str, sentence: str) -> None:
    decide_polarity(f"{question}できますか", f"{sentence}できない", Lexicon(str.split))


@pytest.mark.parametrize(
    "piece",
    [
        *("あ", "(", "「", "a ", "鍵の", "鍵・", "鍵と", "鍵も", "鍵(", "\ud800", "\x00"),
        *("できず、", "しないと", "だけ", "のみ、", "は", "が、", "→", "は a・", "2024 年"),
    ],
)
def test_long_text_takes_no_long_time(piece: str, lexicon) -> None:
    text = piece * (100_000 // len(piece))
    short = text[:290]
    with time_limit(1.0):
        assert decide_polarity("鍵は複製できる?", text, lexicon) is None
        assert decide_polarity(text, "鍵は複製できる。", lexicon) is None
        around = Place((text,) * 6, text, text, text)
        decide_polarity("鍵は複製できる?", "鍵は複製できる。", lexicon, around)
        around = Place((short,), short, short, short)
        decide_polarity(f"{short}できますか", f"{short}できない。", lexicon, around, date.max)
