"""What the terminal says of the bot, in Japanese and in English."""

from dataclasses import dataclass

from assistant.messages import Language


@dataclass(frozen=True, slots=True)
class TerminalTexts:
    """One language's texts; `{name}` stands for what is filled in.

    of_bot, of_scopes, of_app, of_signature, of_index: what is tested, as `--check` names it.
    """

    language: Language
    good: str
    bad: str
    of_bot: str
    of_scopes: str
    of_app: str
    of_signature: str
    of_index: str
    accepted: str
    missing: str
    refused: str
    unreachable: str
    scopes_missing: str
    scopes_complete: str
    odd: str
    present: str
    started: str
    stopping: str


JAPANESE = TerminalTexts(
    language="ja",
    good="OK",
    bad="NG",
    of_bot="ボットトークン",
    of_scopes="ボットのスコープ",
    of_app="アプリトークン",
    of_signature="署名シークレット",
    of_index="索引",
    accepted="{team} の {user} として使えます",
    missing="設定がありません。環境変数 {name} を設定してください",
    refused="Slack に拒否されました({code})。{name} を確かめてください",
    unreachable="Slack に接続できません({detail})。ネットワークを確かめてください",
    scopes_missing="足りません: {scopes}(アプリ設定で追加し、インストールし直してください)",
    scopes_complete="{count} 件すべてあります",
    odd="16 進数 32 桁ではありません。Basic Information の Signing Secret を確かめてください",
    present="設定されています",
    started="ボットを開始しました。終了は Ctrl+C",
    stopping="終了しています。答えている途中の質問を {seconds} 秒まで待ちます",
)

ENGLISH = TerminalTexts(
    language="en",
    good="OK",
    bad="NG",
    of_bot="bot token",
    of_scopes="bot scopes",
    of_app="app token",
    of_signature="signing secret",
    of_index="index",
    accepted="works as {user} of {team}",
    missing="not set; set the variable {name}",
    refused="refused by Slack ({code}); check {name}",
    unreachable="Slack cannot be reached ({detail}); check the network",
    scopes_missing="missing: {scopes} (add them in the app's settings and install it again)",
    scopes_complete="all {count} are there",
    odd="is not 32 hexadecimal digits; see Signing Secret under Basic Information",
    present="is set",
    started="The bot is running; Ctrl+C ends it",
    stopping="Stopping; what is being answered has {seconds} seconds",
)


def choose_terminal_texts(language: Language) -> TerminalTexts:
    """Return the texts of a language."""
    return ENGLISH if language == "en" else JAPANESE
