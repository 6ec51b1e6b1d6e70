"""What the commands and every face say to users, in Japanese and in English.

A `Messages` object is one language; a test holds that both fill in the same fields. What a package
says of a failure in detail (the text of its errors) is English and stands behind the summary here.
Two things stand elsewhere: the chat's and the bot's own words in their packages, and questions made
of headings beside the grammar that they follow (`answering/headings`).
"""

import os
from dataclasses import dataclass
from typing import Literal

from assistant.datatypes import ConfidenceLevel, Notice
from ingest.datatypes import SkipReason

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Messages:
    """One language's texts; `{name}` stands for what is filled in."""

    language: Language
    error: str
    warning: str
    usage: str
    unexpected: str
    interrupted: str
    not_in_notes: str
    nearest: str
    no_notes: str
    sources: str
    lines: str
    line: str
    preparing_model: str
    indexed: str
    unchanged: str
    embedded: str
    skipped: str
    empty_sections: str
    no_sections: str
    no_hits: str
    batch_progress: str
    batch_done: str
    doctor_ok: str
    doctor_repaired: str
    doctor_hint: str
    status_notes: str
    status_index: str
    status_model: str
    status_counts: str
    status_stale: str
    status_fresh: str
    explain_legs: str
    explain_aliases: str
    explain_searched: str
    confidence: str
    confidence_levels: dict[ConfidenceLevel, str]
    choice: str
    choice_undecided: str
    requirements: str
    comma: str
    supporting: str
    opposing: str
    uncertain: str
    ambiguous: str
    empty_section: str
    follow_ups: str
    notices: dict[Notice, str]
    model_failure: str
    skip_reasons: dict[SkipReason, str]
    stages: dict[str, str]


JAPANESE = Messages(
    language="ja",
    error="エラー",
    warning="注意",
    usage="{detail}(使い方は {command} --help)",
    unexpected="予期しない失敗です({kind}: {detail})。"
    "環境変数 TENKYO_DEBUG=1 を付けて実行し、内容を報告してください",
    interrupted="中断しました。前回までの索引はそのまま残っています",
    not_in_notes="この質問の答えはノートに見当たりません。",
    nearest="近い節:",
    no_notes="索引にノートがありません。"
    "Markdown ファイルを置いて tenkyo index を実行してください。",
    sources="出典",
    lines="{path} {start}〜{end} 行目",
    line="{path} {start} 行目",
    preparing_model="埋め込みモデルを準備中(初回のみ)",
    indexed="索引を更新しました: ノート {notes} 件、節 {sections} 件({seconds:.1f} 秒)",
    unchanged="索引は最新です: ノート {notes} 件、節 {sections} 件({seconds:.1f} 秒)",
    embedded="新しく埋め込んだ文: {count} 件",
    skipped="読み飛ばし: {path}({reason})",
    empty_sections="本文のない節: {count} 件(見出しのみ。引用されません)",
    no_sections="{folder} に本文のある Markdown ノートがありません"
    "(*.md を置いて、もう一度実行してください)",
    no_hits="該当する節はありません。",
    batch_progress="回答中",
    batch_done="{count} 件の回答を {path} に書きました",
    doctor_ok="問題は見つかりませんでした。",
    doctor_repaired="索引を作り直しました。",
    doctor_hint="tenkyo doctor --repair で直せます。",
    status_notes="ノート",
    status_index="索引",
    status_model="モデル",
    status_counts="ノート {notes} 件、節 {sections} 件(うち本文なし {empty} 件)、文 {sentences} 件",
    status_stale="ノートが変わっています: 変更 {changed} 件、追加 {added} 件、削除 {removed} 件"
    "(tenkyo index で更新)",
    status_fresh="最新です",
    explain_legs="検索の内訳",
    explain_aliases="補った別名",
    explain_searched="検索した文",
    confidence="確信度 {value:.2f}({level})",
    confidence_levels={
        ConfidenceLevel.HIGH: "高い",
        ConfidenceLevel.MEDIUM: "中くらい",
        ConfidenceLevel.LOW: "低い",
    },
    choice="ノートに最も合う選択肢: {letters}",
    choice_undecided="ノートだけでは決め手がありません。最も近い選択肢: {letters}",
    requirements="問われている条件: {phrases}",
    comma="、",
    supporting="根拠",
    opposing="反する記述",
    uncertain="答えではないかもしれません。出典を確かめてください。",
    ambiguous="どちらのことですか。",
    empty_section="「{headings}」は見出しだけで、本文がまだありません。",
    follow_ups="続けて聞けること:",
    notices={
        Notice.MODEL_FAILED: "言語モデルが使えなかったので、ノートの文で答えています。",
        Notice.MODEL_BROKE_OFF: "言語モデルが途中で止まったので、答えはそこまでです。",
        Notice.MODEL_UNSUPPORTED: "言語モデルの文はノートで裏付けられなかったので、"
        "ノートの文で答えています。",
        Notice.STATEMENTS_REPLACED: "ノートで裏付けられない文は、ノートの文に置き換えました。",
        Notice.SOURCE_MOVED: "引用した文はノートの中で移動しています。行番号は今のものです。",
        Notice.SOURCE_CHANGED: "引用した文は索引を作った後で変更されています。"
        "tenkyo index で更新できます。",
    },
    model_failure="言語モデル",
    skip_reasons={
        SkipReason.IGNORED: ".tenkyoignore による除外",
        SkipReason.HIDDEN: "隠しファイル",
        SkipReason.OUTSIDE: "ノートフォルダーの外を指すリンク",
        SkipReason.TOO_LARGE: "大きすぎるファイル",
        SkipReason.TOO_DEEP: "深すぎるフォルダー",
        SkipReason.BINARY: "テキストではないファイル",
        SkipReason.ENCODING: "文字コードを判別できないファイル",
        SkipReason.UNREADABLE: "読み取れないファイル",
    },
    stages={
        "split": "ノートを節と文に分割中",
        "analyze": "単語に分割中",
        "embed": "埋め込みを計算中",
        "write": "索引を書き込み中",
    },
)

ENGLISH = Messages(
    language="en",
    error="Error",
    warning="Warning",
    usage="{detail} (usage: {command} --help)",
    unexpected="unexpected failure ({kind}: {detail}); run again with TENKYO_DEBUG=1 and report it",
    interrupted="interrupted; the index is as it was before",
    not_in_notes="The notes do not answer this question.",
    nearest="Nearest sections:",
    no_notes="The index holds no notes. Add Markdown files and run tenkyo index.",
    sources="Sources",
    lines="{path} lines {start}-{end}",
    line="{path} line {start}",
    preparing_model="Preparing the embedding model (first use only)",
    indexed="Index refreshed: {notes} notes, {sections} sections ({seconds:.1f} s)",
    unchanged="Index is up to date: {notes} notes, {sections} sections ({seconds:.1f} s)",
    embedded="Texts newly embedded: {count}",
    skipped="Skipped: {path} ({reason})",
    empty_sections="Sections without text: {count} (headings only, never cited)",
    no_sections="{folder} holds no Markdown note with text (put *.md files there and run again)",
    no_hits="No section found.",
    batch_progress="Answering",
    batch_done="Wrote {count} answers to {path}",
    doctor_ok="No problem found.",
    doctor_repaired="The index was built anew.",
    doctor_hint="Run tenkyo doctor --repair to mend this.",
    status_notes="Notes",
    status_index="Index",
    status_model="Model",
    status_counts="{notes} notes, {sections} sections ({empty} without text), "
    "{sentences} sentences",
    status_stale="The notes changed: {changed} changed, {added} added, {removed} removed "
    "(tenkyo index refreshes)",
    status_fresh="up to date",
    explain_legs="How the sections were ranked",
    explain_aliases="Other names added",
    explain_searched="Searched for",
    confidence="confidence {value:.2f} ({level})",
    confidence_levels={
        ConfidenceLevel.HIGH: "high",
        ConfidenceLevel.MEDIUM: "medium",
        ConfidenceLevel.LOW: "low",
    },
    choice="The notes support most: {letters}",
    choice_undecided="The notes do not decide it; nearest: {letters}",
    requirements="Asked for: {phrases}",
    comma=", ",
    supporting="for",
    opposing="against",
    uncertain="This may not be the answer: check the source.",
    ambiguous="Which one do you mean?",
    empty_section='"{headings}" is a heading with nothing below it yet.',
    follow_ups="Ask next:",
    notices={
        Notice.MODEL_FAILED: "The language model failed; these are the notes' own words.",
        Notice.MODEL_BROKE_OFF: "The language model broke off; the answer ends there.",
        Notice.MODEL_UNSUPPORTED: "Nothing that the language model wrote has support; "
        "these are the notes' own words.",
        Notice.STATEMENTS_REPLACED: "Statements without support were replaced by the notes' words.",
        Notice.SOURCE_MOVED: "Cited text has moved within its note; the lines are those of now.",
        Notice.SOURCE_CHANGED: "Cited text was changed since it was indexed; "
        "run tenkyo index to refresh.",
    },
    model_failure="language model",
    skip_reasons={
        SkipReason.IGNORED: "excluded by .tenkyoignore",
        SkipReason.HIDDEN: "hidden file",
        SkipReason.OUTSIDE: "link to outside of the notes folder",
        SkipReason.TOO_LARGE: "file too large",
        SkipReason.TOO_DEEP: "folder too deep",
        SkipReason.BINARY: "not a text file",
        SkipReason.ENCODING: "unknown text encoding",
        SkipReason.UNREADABLE: "file cannot be read",
    },
    stages={
        "split": "Splitting notes into sections and sentences",
        "analyze": "Finding the words",
        "embed": "Computing embeddings",
        "write": "Writing the index",
    },
)


def choose_messages(language: Literal["auto", "ja", "en"]) -> Messages:
    """Return the texts of a language; `auto` is Japanese unless the locale is English."""
    if language == "auto":
        # What POSIX programs obey, in this order. `locale.getlocale` would tell nothing: Python
        # leaves LC_MESSAGES at "C" until someone sets it.
        names = ("LC_ALL", "LC_MESSAGES", "LANG")
        code = next((value for name in names if (value := os.environ.get(name))), "")
        return ENGLISH if code.lower().startswith("en") else JAPANESE
    return ENGLISH if language == "en" else JAPANESE
