"""Tells what a heading is grammatically, by its last words: a name, a statement, a question, ..."""

import re
from enum import StrEnum

from assistant.answering.headings.heading_text import drop_gloss
from ingest.normalize import normalize


class HeadingForm(StrEnum):
    """What a heading is, grammatically; with an example of each."""

    QUESTION = "question"  # どのルートが勝つか
    POLITE = "polite"  # あとで変更できます
    CONDITION = "condition"  # 無効にすると
    STATEMENT = "statement"  # ピアリング越しには使えない
    PURPOSE = "purpose"  # TTL を 0 にする
    OCCASION = "occasion"  # ヘアピンで落ちる
    TASK = "task"  # 別 VPC の SG を参照
    CASE = "case"  # 固定 IP が要るとき
    PHRASE = "phrase"  # NACL の書き方
    NAME = "name"  # NAT ゲートウェイ


_VERB = r"(?:[うくぐすぬぶむる]|(?<![0-9一二三四五六七八九く])(?<![0-9一二三四五六七八九] )つ)$"
_SURU_NOUN = r"(?:[一-鿿]{2,}|[ァ-ヺー]{3,})"
# The first that fits counts. For normalised headings, without brackets at their end.
_FORMS = (
    (
        HeadingForm.QUESTION,
        (
            r"\?$|(?:とは|って|には|ときは)$|(?:[うくすつぬぶむるいたのはどつれこ]|何|誰|です|ます|せん)か$"
            r"|^(?:なぜ|何故|どうして|どうやって|どうすれ)"
            r"|^(?:いつ|どこ|どれ|どの|どちら|どっち|誰|何)(?!でも|も|か|度|年|回)"
            r"|^(?:what|why|when|where|which|who|how|can|could|is|are|do|does|did|should|will)\b"
        ),
    ),
    (HeadingForm.POLITE, r"(?:です|ます|ました|でした|ません)$"),
    (HeadingForm.CONDITION, r"(?:[うくぐすつぬぶむるい]と|[ただ]ら|れば|なら)$"),
    (
        HeadingForm.STATEMENT,
        (
            # は or も behind a noun, with more behind it.
            r"(?<=[一-鿿々ァ-ヺーa-z0-9)」』])(?<![最又或]) ?[はも](?=.)|(?<=[りしのとにで])は(?=.)"
            r"|(?:ず|できる|られる|使える|見える|がる|[がでに]ある|て[いあ]る|がいる|違う)$"
        ),
    ),
    (
        HeadingForm.OCCASION,
        (
            r"(?:[^か]た|んだ|[しなた]い|やすい|にくい|づらい|[高低遅速早多重軽長短弱強近遠安悪良深浅]い)$"
            # Something happens by itself (が), or on a condition.
            rf"|(?:が|[ただ]ら|れば|[うくすつぶむる]と|ので|のに).*{_VERB}"
        ),
    ),
    (
        HeadingForm.TASK,
        rf"^[^が]*を(?: ?{_SURU_NOUN}|[^が]*(?:[速早高安短軽強良大小さな]く|[^ずび]に))$",
    ),
    (HeadingForm.PURPOSE, rf"(?:を|[にへと](?!なる$)).*{_VERB}"),
    (HeadingForm.OCCASION, _VERB),
    (HeadingForm.CASE, r"(?:とき|時|場合|ケース|際)$"),
    (
        HeadingForm.PHRASE,
        (
            r"[ぁ-ゖ、,・/]|(?:料金|費用|課金|単価|上限|下限|制限|制約|条件|比較|一覧|手順|方法|種類|理由|原因"
            r"|対策|設定|監視|構成|例)$"
        ),
    ),
)
_FORM_PATTERNS = tuple((form, re.compile(pattern)) for form, pattern in _FORMS)


def find_form(heading: str) -> HeadingForm:
    """Return the form of a cleaned heading; brackets at its end do not count."""
    text = normalize(drop_gloss(heading))
    return next((form for form, found in _FORM_PATTERNS if found.search(text)), HeadingForm.NAME)
