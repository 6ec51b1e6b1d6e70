"""The one spelling that the index and the queries are compared in.

`clean_text` makes a text safe to hand on; `normalize` folds what is the same word in another
spelling. Folding is for search only: what is shown and cited is always the text of the note, so no
offset is ever mapped back. Both take any `str` and raise nothing.

A rule stands here only where a program cannot take one word for another by it. Everything wider
(conjugation, `ルーター`/`ルータ` inside a compound, katakana and English) is left to the dictionary
forms and loanword origins of MeCab.
"""

import re
import unicodedata

_SPACED = {code: " " for code in (*range(0x20), 0x7F) if chr(code) not in "\n\t"}
_SURROGATE = re.compile("[\ud800-\udfff]")

# Signs without width: soft hyphen, zero-width space and joiners, directional controls, word
# joiner, BOM, variation selectors. They hide in text copied from web pages and split words.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
# Before NFKC, which would turn a free-standing sound mark into a space and a combining mark and
# knows no voiced small ヶ.
_KANA_SIGNS = str.maketrans({"゛": "\u3099", "゜": "\u309a", "ヶ": "ケ", "ヵ": "カ"})
# Unicode's dashes and minus signs; NFKC leaves these apart from the hyphen.
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\u2500\u2501\ufe58\ufe63\uff0d]")
_SIGNS = str.maketrans({"〜": "~", "∼": "~", "‘": "'", "’": "'", "“": '"', "”": '"', "⁄": "/"})

_KANA = "ァ-ヺヽヾ"
# The long-vowel sign is often typed as a dash. Only between two katakana is that certain.
_DASH_IN_KATAKANA = re.compile(f"(?<=[{_KANA}ー])-(?=[{_KANA}])")
_LONG_VOWELS = re.compile("ーー+")

# Sounds that Japanese does not tell apart, and the spelling of old and new loanwords. `ティ`/`テイ`
# is not among them (`テイスト`, `ステイト`), nor `フェー`/`フェイ` (`フェーズ`) beyond known words.
_SOUNDS = {
    "ヴァ": "バ",
    "ヴィ": "ビ",
    "ヴェ": "ベ",
    "ヴォ": "ボ",
    "ヴュ": "ビュ",
    "ヴ": "ブ",
    "ヷ": "バ",
    "ヸ": "ビ",
    "ヹ": "ベ",
    "ヺ": "ボ",
    "ヂ": "ジ",
    "ヅ": "ズ",
    "ウエ": "ウェ",  # ゲートウエイ, ソフトウエア, ウエブ
    "クオー": "クォー",  # クオータ; but クオリティ stays
}
_SOUND = re.compile("|".join(_SOUNDS))

# One spelling for words that technical notes write in several. Each pattern names whole words.
_WORDS = (
    (re.compile("インター?フェ[イーィ]ス"), "インターフェース"),
    (re.compile("(ゲート|ハイ)ウェー"), r"\1ウェイ"),
    (re.compile("フェール(?=オーバ|バック|セーフ|クローズ|ソフト)"), "フェイル"),
    (re.compile("ファイ[アヤ]ー?(?=ウォール)"), "ファイア"),
    (re.compile("レー(?=テンシ|ヤ)"), "レイ"),
    (re.compile("プレーヤ"), "プレイヤ"),
    (re.compile("ディジタル"), "デジタル"),
    (re.compile("ダイヤログ"), "ダイアログ"),
    (re.compile("ウインド(?=ウ)"), "ウィンド"),
    (re.compile("ウィルス"), "ウイルス"),
    (re.compile("リテイ(?![ァ-ヺー])"), "リティ"),
)

# Words whose last ー is written or left out as people like (JIS Z 8301 leaves it out from three
# sounds on). A rule for all katakana would break more than it mends: of the words in UniDic that
# end so, two in three are then unknown, cut up, or another word (`アンカー`/`アンカ`,
# `クッキー`/`クッキ`, `アクセスキー`/`アクセスキ`). The first row also folds inside a compound
# (`サーバーレス`), the others only at the end of a katakana run (`ワーカード` holds no `ワーカー`).
_FOLDED_INSIDE = (
    "サーバ ユーザ コンピュータ ルータ クラスタ コンテナ レイヤ メモリ プロキシ ディレクトリ "
    "プロバイダ"
)
_FOLDED_AT_END = (
    "アーカイバ アクセラレータ アダプタ アドバイザ アナライザ イニシエータ インスペクタ "
    "インストーラ エクスプローラ エディタ エミュレータ エンコーダ エントリ オーソライザ "
    "オプティマイザ オペレータ カウンタ カテゴリ クエリ クローラ コーディネータ コネクタ コレクタ "
    "コンシューマ コントローラ コンバータ コンパイラ サブスクライバ サマリ "
    "シミュレータ ジェネレータ スキャナ スケジューラ スピーカ スプリッタ セカンダリ セレクタ "
    "センサ タイマ デコーダ データ デバッガ テクノロジ トポロジ トリガ ドライバ ハンドラ "
    "バイナリ バッファ バランサ パーサ パブリッシャ パラメータ ヒストリ ビューア ファイバ "
    "ファクトリ フィルタ フォルダ フォワーダ ブラウザ プライマリ プリンタ プレイヤ プロセッサ "
    "プロデューサ ヘッダ ベンダ マスタ マネージャ メンバ モニタ ライブラリ リカバリ "
    "リスナ リゾルバ リポジトリ レイテンシ レコーダ レジスタ レジストリ レゾルバ レプリケータ "
    "ワーカ アーキテクチャ インフラストラクチャ"
)
_LONG_END = re.compile(
    f"(?:({'|'.join(_FOLDED_INSIDE.split())})ー"
    f"|({'|'.join(_FOLDED_AT_END.split())})ー(?![{_KANA}ー])"
    # -ty: プロパティー, アベイラビリティーゾーン; but never the short ティー itself.
    f"|(?<=[{_KANA}ー]{{2}})(ティ)ー)(?![\u3099\u309a])"
)

# The counter of `3ヶ月`, `3カ月`, `3ヵ所`, `三箇所`.
_COUNTER = re.compile("(?<=[0-9一二三四五六七八九十百千数何])[ケカ箇](?=[月所国年条])")
_WHITE_SPACE = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Return `text` with the characters replaced that other programs stumble over.

    Lone surrogates become U+FFFD; NUL and every other ASCII control except line feed and tab
    become a space. The length stays the same. Invisible and directional signs stay, because they
    belong to what the note shows; `normalize` drops them.
    """
    return _SURROGATE.sub("\ufffd", text).translate(_SPACED)


def normalize(text: str) -> str:
    """Return the search form of `text`: cleaned, NFKC, case-folded, one spelling per word.

    White space of any kind and number becomes one space, none at the ends. `normalize` of its own
    result changes nothing.
    """
    folded = _INVISIBLE.sub("", clean_text(text)).translate(_KANA_SIGNS)
    # NFKC_Casefold: folding can undo the normal form and the normal form the folding.
    folded = unicodedata.normalize("NFKC", folded).casefold()
    folded = unicodedata.normalize("NFKC", folded).casefold()
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", folded))
    folded = _DASHES.sub("-", folded).translate(_SIGNS)
    folded = _WHITE_SPACE.sub(" ", folded).strip()
    return _fold_katakana(folded)


def _fold_katakana(text: str) -> str:
    text = _COUNTER.sub("か", text)
    text = _DASH_IN_KATAKANA.sub("ー", text)
    text = _LONG_VOWELS.sub("ー", text)
    text = _SOUND.sub(lambda match: _SOUNDS[match[0]], text)
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    return _LONG_END.sub(lambda match: match[1] or match[2] or match[3], text)
