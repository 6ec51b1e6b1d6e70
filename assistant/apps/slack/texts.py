"""All text of the Slack bot's own, in Japanese and in English.

What every face says of an answer (sources, confidence, notices) stands in `assistant.messages`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assistant.messages import Language, choose_messages


class Refusal(StrEnum):
    """Why a question is not taken.

    CHANNEL, USER: it comes from where, or from whom, none is answered.
    EMPTY: there is nothing beside the mention.
    UNFIT: it is too long, or holds no word.
    """

    CHANNEL = "channel"
    USER = "user"
    EMPTY = "empty"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class SlackTexts:
    """One language's texts; `{name}` stands for what is filled in."""

    language: Language
    placeholder: str
    busy: str
    wait: str
    refusals: dict[Refusal, str]
    failure: str
    show_lines: str
    open_note: str
    good: str
    bad: str
    share: str
    shared_by: str
    more: str
    cut: str
    quote: str
    thanks: str
    answer_gone: str
    source_gone: str
    source_title: str
    cited_line: str
    cited_lines: str
    line: str
    lines: str
    lines_left_out: str
    outdated: str
    previous: str
    next: str
    close: str
    reason_title: str
    reason_label: str
    reason_hint: str
    reason_submit: str
    greeting: str
    prompts_title: str
    home_title: str
    help_title: str
    help: tuple[str, ...]
    notes_title: str
    note_counts: str
    refreshed: str
    refreshing: str
    refresh_failed: str
    skipped: str
    warned: str
    recent_title: str
    no_recent: str


JAPANESE = SlackTexts(
    language="ja",
    placeholder="ノートを調べています…",
    busy="ただいま質問が混み合っているため、受け付けられませんでした。"
    "少し待って、もう一度聞いてください。",
    wait="質問が続いています。{seconds} 秒ほど待って、もう一度聞いてください。",
    refusals={
        Refusal.CHANNEL: "このチャンネルでは答えない設定になっています。",
        Refusal.USER: "あなたの質問には答えない設定になっています。管理者に確かめてください。",
        Refusal.EMPTY: "質問がありません。知りたいことを続けて書いてください。",
        Refusal.UNFIT: "この文は質問として受け付けられません。短く、言葉で書いてください。",
    },
    failure="答えを出せませんでした。もう一度聞いてください。",
    show_lines="[{marker}] 該当行を見る",
    open_note="ノートを開く",
    good="👍 役に立った",
    bad="👎 違っていた",
    share="チャンネルに共有",
    shared_by="{user} さんが共有した回答です。",
    more="他に {count} 件",
    cut="…(残り {count} 文字は省略しました)",
    quote="「{quote}」",
    thanks="フィードバックをありがとうございます。",
    answer_gone="この回答はもう保存されていません。もう一度質問してください。",
    source_gone="この節はノートに見当たりません。もう一度質問してください。",
    source_title="該当行",
    cited_line="該当行: {start} 行目",
    cited_lines="該当行: {start}〜{end} 行目",
    line="{start} 行目",
    lines="{start}〜{end} 行目",
    lines_left_out="長いので、{count} 文字を省略しました。",
    outdated="索引を作った後でノートが変わっています。これは索引を作った時の行です。",
    previous="前の節: {headings}",
    next="次の節: {headings}",
    close="閉じる",
    reason_title="どこが違いましたか",
    reason_label="理由",
    reason_hint="例: 出典は合っているが、数値が古い",
    reason_submit="送る",
    greeting="ノートのことを聞いてください。出典の行を添えて答えます。",
    prompts_title="たとえば、こんな質問ができます",
    home_title="ノートに聞く",
    help_title="使い方",
    help=(
        (
            "チャンネルでメンションを付けて質問すると、スレッドで答えます。"
            "続きの質問は、そのスレッドにメンションなしで書けます。"
        ),
        "ダイレクトメッセージに、そのまま質問を書けます。",
        (
            "/tenkyo に続けて質問を書くと、答えは自分だけに見えます。"
            "ボタンでチャンネルに共有できます。"
        ),
        "メッセージのメニューの「ノートで調べる」で、そのメッセージについて質問できます。",
        "試験問題は、選択肢ごと貼り付けて聞けます。",
        "👍 と 👎 のボタンかリアクションで、答えの良し悪しを教えてください。",
    ),
    notes_title="索引にあるノート",
    note_counts="ノート {notes} 件、節 {sections} 件(うち本文なし {empty} 件)",
    refreshed="最後に確かめた時刻: ",
    refreshing="いま更新しています。",
    refresh_failed="前回の更新に失敗しました: {detail}",
    skipped="読めなかったファイル: {count} 件",
    warned="直したほうがよい箇所: {count} 件",
    recent_title="最近の質問",
    no_recent="まだありません。",
)

ENGLISH = SlackTexts(
    language="en",
    placeholder="Looking through the notes…",
    busy="Too many questions are waiting, so this one was not taken. Ask again in a moment.",
    wait="That is many questions in a row. Wait {seconds} seconds and ask again.",
    refusals={
        Refusal.CHANNEL: "The bot is set not to answer in this channel.",
        Refusal.USER: "The bot is set not to answer you; ask whoever runs it.",
        Refusal.EMPTY: "There is no question. Write what you want to know.",
        Refusal.UNFIT: "This cannot be asked. Make it shorter, and put it in words.",
    },
    failure="There is no answer to give. Ask again.",
    show_lines="[{marker}] Show the lines",
    open_note="Open the note",
    good="👍 Helpful",
    bad="👎 Not right",
    share="Share to the channel",
    shared_by="{user} shared this answer.",
    more="{count} more",
    cut="… ({count} more characters are left out)",
    quote='"{quote}"',
    thanks="Thank you for the feedback.",
    answer_gone="This answer is no longer kept. Ask again.",
    source_gone="The notes no longer have this section. Ask again.",
    source_title="Source lines",
    cited_line="Cited: line {start}",
    cited_lines="Cited: lines {start}-{end}",
    line="Line {start}",
    lines="Lines {start}-{end}",
    lines_left_out="{count} characters are left out.",
    outdated="The note was changed since it was indexed; these are the lines as indexed.",
    previous="Section before: {headings}",
    next="Section after: {headings}",
    close="Close",
    reason_title="What was not right?",
    reason_label="Reason",
    reason_hint="Such as: the right source, but an old figure",
    reason_submit="Send",
    greeting="Ask about the notes. Every answer names the lines that it comes from.",
    prompts_title="You could ask",
    home_title="Ask the notes",
    help_title="How to ask",
    help=(
        (
            "Mention the bot in a channel: it answers in the thread. "
            "Ask on in that thread without a mention."
        ),
        "Write your question in a direct message.",
        (
            "Write your question behind /tenkyo: only you see the answer. "
            "A button shares it to the channel."
        ),
        "Ask about a message with ノートで調べる in its menu.",
        "Paste a whole exam question with its options.",
        "Tell whether an answer was good with the buttons or reactions 👍 and 👎.",
    ),
    notes_title="Notes in the index",
    note_counts="{notes} notes, {sections} sections ({empty} without text)",
    refreshed="Last compared: ",
    refreshing="Being refreshed now.",
    refresh_failed="The last refresh failed: {detail}",
    skipped="Files that could not be read: {count}",
    warned="Places to mend: {count}",
    recent_title="Recent questions",
    no_recent="None yet.",
)


def choose_texts(language: Literal["auto", "ja", "en"]) -> SlackTexts:
    """Return the texts of a language; `auto` is Japanese unless the locale is English."""
    return ENGLISH if choose_messages(language).language == "en" else JAPANESE
