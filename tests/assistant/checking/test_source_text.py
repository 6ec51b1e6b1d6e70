from assistant.checking.source_text import show_source


def test_the_name_of_the_note_stands_above_the_headings() -> None:
    shown = show_source("network/cloudfront.md", ("キャッシュ", "TTL"), "既定は 24 時間。")
    assert shown == "cloudfront > キャッシュ > TTL\n既定は 24 時間。"


def test_a_note_without_headings_or_suffix_has_its_name() -> None:
    assert show_source("memo", (), "本文") == "memo\n本文"
