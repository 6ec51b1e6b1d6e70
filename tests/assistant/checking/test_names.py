"""Names: Latin words and identifiers, and long katakana words."""

import pytest

from assistant.checking.names import NameChecker, find_english_names, find_latin_names
from ingest.normalize import normalize


@pytest.fixture(scope="module")
def names(analyze, vocabulary):
    return NameChecker(vocabulary, analyze)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("direct connect と nlb を使う", ["direct", "connect", "nlb"]),
        ("s3:getobject を --dry-run で試す", ["s3:getobject", "--dry-run"]),
        ("gp3 と us-east-1 と t3.micro", ["gp3", "us-east-1", "t3.micro"]),
        ("aws の amazon", []),
        ("2024-03-05 と 1.5", []),
    ],
)
def test_latin_names(text, found):
    assert find_latin_names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The shelf holds books.", []),
        ("The Atlas shelf holds NLB logs. Books stay.", ["atlas", "nlb"]),
        ("Try --dry-run on gp3 first.", ["--dry-run", "gp3"]),
        ("iPhone users (Berlin) agree: It works.", ["iphone"]),
    ],
)
def test_english_names_are_marked(text, found):
    assert find_english_names(text) == found


@pytest.mark.parametrize(
    ("name", "source", "is_known"),
    [
        ("nlb", "nlb を置く。", True),
        ("nlb", "alb を置く。", False),
        ("nlb", "nlbx を置く。", False),
        ("gp3", "gp2 を選ぶ。", False),
        ("s3:getobject", "s3:getobject を許す。", True),
        ("s3:getobject", "s3:putobject と getobject を許す。", False),
        ("--dry-run", "dry run で試す。", False),
        ("aes-256", "aes 256 で守る。", True),
        ("buckets", "bucket を作る。", True),
        ("multi-az", "マルチ az で置く。", True),
        ("ipv6", "::/0 を通す。", True),
        ("ipv6", "0.0.0.0/0 を通す。", False),
        ("ipv4", "0.0.0.0/0 を通す。", True),
    ],
)
def test_names_stand_whole(names, analyze, name, source, is_known):
    unknown = names.find_unknown([name], source, frozenset(analyze(source)))
    assert unknown == ([] if is_known else [name])


@pytest.mark.parametrize(
    ("statement", "source", "found"),
    [
        ("アスパラガスを植える。", "アスパラガスは春に植える。", []),
        ("アスパラガスを植える。", "トマトは春に植える。", ["アスパラガス"]),
        ("トマトを植える。", "茄子は春に植える。", []),  # four signs or fewer may be any word
        ("セキュリティグループで守る。", "セキュリティの設定で守る。", []),
        ("サービスメニューに書く。", "品書きに書く。", ["サービスメニュー"]),
        ("データソースを選ぶ。", "品書きから選ぶ。", []),  # two of them
        ("メジャーバージョンを選ぶ。", "メジャーは自動で上がる。", []),
        ("オプションを選ぶ。", "品書きから選ぶ。", []),  # a word of every day
    ],
)
def test_long_katakana_words(names, analyze, statement, source, found):
    words = frozenset(analyze(source))
    assert names.find_unknown_katakana(normalize(statement), source, words) == found
