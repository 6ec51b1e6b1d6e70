"""Makes a note's headings fit to stand in a sentence, and tells which of them name a topic.

A heading is written to be seen at its place: numbered, decorated, and read below the ones above it.
"""

import re

from ingest.normalize import clean_text, normalize

# What a longer heading says is no name. Four times the longest question that is suggested.
_MAX_CHARS = 240

_INVISIBLE = re.compile("[\u00ad\u200b-\u200c\u200e-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Emoji with what joins them, keycaps, and the geometric signs that are used like them.
_PICTURES = re.compile(
    "[0-9#*]\ufe0f?\u20e3|[\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
    "\u200d\ufe0f\U000e0000-\U000e0fff]"
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_TAG = re.compile(
    r"</?(?:a|b|i|u|s|br|em|strong|span|font|small|mark|kbd|code|sup|sub|img|div|p)\b[^<>]*>",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\*\*|__|~~|`|\{#[^{}]*\}$")
_MARKERS = re.compile(r"^(?:[#>*+-]+ |[・•◦※] ?)+")
_LABEL = re.compile(r"^(?:【[^【】]{1,20}】 ?)+(?=.)")
# `3.2 料金`, `1)料金`, `第 2 章 料金`, `①料金`, `Q1. 料金`; not `1.5 倍`, `2.0 の変更点`, `3 層`.
_NUMBER = re.compile(
    r"^(?:第 ?[\d一二三四五六七八九十]{1,3} ?[章節部回編][ :：.、]*"
    r"|[(（]\d{1,3}[)）] ?|[①-⑳] ?|Q\d{0,3}[.:．：] ?"
    r"|\d{1,3}(?:\.\d{1,2})*(?:[.．] ?(?!\d)|[)）] ?)"
    r"|\d{1,2}(?:\.\d{1,2})+ "
    r"(?![倍秒分時日週月年個つ件台本系%％以のはがをにへとで]|[KMGTPkm]i?[Bb]|まで|から|より|未満))"
    r"(?=.)"
)
_DATE = (
    r"(?<![\d.])(?:\d{4}(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?|年)"
    r"|(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9]))(?![\d.])"
)
# When something was written down: `2025-03-11 `, ` 4/24〜`, `（6/3、2 回目）`.
_WRITTEN = re.compile(
    rf"^{_DATE}〜?[ :：](?![のはがをにへとで])(?=.)"
    rf"|(?<=.) {_DATE}〜?$|(?<=.) ?[(（][^()（）]*{_DATE}[^()（）]*[)）]$"
)
_CLOSING_HASHES = re.compile(r" #+$")
_GLOSS = re.compile(r" ?[(（][^()（）]*[)）]$")
# Japanese is set apart from Latin letters by a space, as most notes have it.
_SEAM = re.compile("(?<=[A-Za-z0-9)%])(?=[ぁ-ヿ一-鿿])|(?<=[ぁ-ヿ一-鿿])(?=[A-Za-z0-9])")
_HEAD = re.compile("(?:[A-Za-z0-9.+-]+|[ァ-ヺー]+|[一-鿿々]+)$")

# A Latin word or three katakana: with fewer signs it is hardly a name (`ログ`, `鍵`).
_NAME = re.compile("(?<![a-z0-9])(?!v[0-9])[a-z][a-z0-9]|[ァ-ヺー]{3}")
# Words for aspects, which look like names of topics. As `normalize` spells them.
_ASPECTS = frozenset(
    """
    アクション アクセス アクセス制御 アーキテクチャ エラー エラー処理 オプション クォータ
    コマンド コンポーネント サイズ サポート シナリオ ステータス セキュリティ セットアップ
    チェックリスト チューニング テスト デバッグ デプロイ デメリット トラブル
    トラブルシューティング トラブルの切り分け バックアップ バージョン パターン パフォーマンス
    パラメータ ハンズオン ベストプラクティス ポイント ポート メトリクス メリット
    メリットとデメリット メンテナンス モニタリング ユースケース よくあるエラー よく出るエラー
    ライフサイクル リソース リミット
    about advantages and architecture background backup basics benefits best case cases commands
    common comparison configuration considerations cons cost costs definition details disadvantages
    errors example examples faq features for in installation introduction issues known limit
    limitations limits logging memo metrics monitoring notes of options overview parameters
    performance pitfalls practices prerequisites price prices pricing procedure pros quota quotas
    requirements restrictions security setup steps summary the tips to troubleshooting types usage
    use
    """.split()
)


def clean_heading(heading: str) -> str:
    """Return a heading on one line without number, date, decoration and markup; at worst "".

    It has at most 240 characters, what is more is cut off.
    """
    text = _INVISIBLE.sub("", clean_text(heading[:_MAX_CHARS]))
    text = _TAG.sub(" ", _LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", text)))
    text = " ".join(_PICTURES.sub(" ", _MARKUP.sub("", text)).split())
    text = _NUMBER.sub("", _LABEL.sub("", _MARKERS.sub("", text)))
    text = _WRITTEN.sub("", text)
    return _CLOSING_HASHES.sub("", text).strip(" :：;；、，。・—–…")


def drop_gloss(heading: str) -> str:
    """Return a heading without the brackets at its end: `Transit Gateway (TGW)`; never empty."""
    return _GLOSS.sub("", heading) or heading


def names_topic(heading: str) -> bool:
    """Tell whether a cleaned heading says by itself what it is about.

    `NAT ゲートウェイ` does; `料金`, `注意点` and `有効のとき` need the heading above.
    """
    text = normalize(drop_gloss(heading))
    return _NAME.search(text) is not None and not set(text.split()) <= _ASPECTS


def find_head(heading: str) -> str:
    """Return the noun that a cleaned heading ends with, "" if it ends with another word.

    What stands before it tells of which kind: `NAT ゲートウェイ`, `Transit Gateway (TGW)`.
    """
    found = _HEAD.search(drop_gloss(heading))
    return found[0] if found else ""


def join_texts(left: str, right: str) -> str:
    """Return two texts as one, with a space where Japanese and Latin letters meet."""
    joined = left + right
    return f"{left} {right}" if _SEAM.match(joined, len(left)) else joined
