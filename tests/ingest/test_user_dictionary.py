import re
import threading
from pathlib import Path

import pytest

from ingest.errors import TokenizerError
from ingest.normalize import normalize
from ingest.tokenizer import MecabTokenizer
from ingest.user_dictionary import build_user_dictionary, bundled_terms_file
from tests.damage import put_in_place


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("it's a キャッシュ")


@pytest.fixture(scope="module")
def built(cache: Path) -> Path:
    return build_user_dictionary(bundled_terms_file(), cache)


def read_bundled_terms() -> list[tuple[str, str]]:
    lines = bundled_terms_file().read_text(encoding="utf-8").split("\n")
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(term, origin) for term, origin in pairs]


def test_every_bundled_term_is_one_word_with_its_origin(built: Path) -> None:
    tokenizer = MecabTokenizer(built)
    missed = []
    for term, origin in read_bundled_terms():
        surface = normalize(term)
        for frame in ("{}", "{}を使う", "ネットワーク{}", "{}サービス", "aws {}の設定"):
            tokens = tokenizer.tokenize(frame.format(surface))
            if (surface, origin) not in [(token.surface, token.origin) for token in tokens]:
                missed.append(frame.format(term))
    assert missed == []


def test_bundled_terms_cut_no_other_word(built: Path) -> None:
    tokenizer = MecabTokenizer(built)
    # Each holds a bundled term: ロール, ロック, パス, ロード, ソース, バイト, キュー, シンク.
    words = (
        "コントロール ブロック コンパス ダウンロード リソース アルバイト キューバ シンクロ".split()
    )
    assert [len(tokenizer.tokenize(word)) for word in words] == [1] * len(words)


def test_bundled_list_is_of_the_reviewed_size() -> None:
    terms = [normalize(term) for term, _ in read_bundled_terms()]
    assert 150 <= len(terms) <= 300
    assert len(set(terms)) == len(terms)
    assert all(re.fullmatch("[ァ-ヺー]+", term) for term in terms)


def write_terms(folder: Path, text: str) -> Path:
    path = folder / "terms.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_entries_are_stored_as_normalized(tmp_path: Path) -> None:
    # UniDic cuts ピアリング into ピア and リング.
    terms = write_terms(tmp_path, "# comment\n\nﾋﾟｱﾘﾝｸﾞ\tpeering\nゴリゴリサーバー\tgori-gori server")
    tokenizer = MecabTokenizer(build_user_dictionary(terms, tmp_path / "new" / "cache"))
    tokens = tokenizer.tokenize(normalize("ピアリングとゴリゴリサーバー"))
    assert [(token.surface, token.lemma, token.origin) for token in tokens] == [
        ("ピアリング", "ピアリング", "peering"),
        ("と", "と", ""),
        ("ゴリゴリサーバ", "ゴリゴリサーバ", "gori-gori server"),
    ]


def test_second_build_uses_the_first(built: Path, cache: Path) -> None:
    before = built.stat()
    assert build_user_dictionary(bundled_terms_file(), cache) == built
    assert built.stat().st_mtime_ns == before.st_mtime_ns
    assert built.stat().st_ino == before.st_ino


def test_other_terms_give_another_file(tmp_path: Path) -> None:
    one = build_user_dictionary(write_terms(tmp_path, "ピアリング\tpeering"), tmp_path)
    two = build_user_dictionary(write_terms(tmp_path, "ピアリング\tpeer"), tmp_path)
    assert one != two


def truncate(path: Path) -> None:
    put_in_place(path, path.read_bytes()[:200])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    put_in_place(path, data)


def drop_seal(path: Path) -> None:
    path.with_suffix(".sha256").unlink()


def spoil_seal(path: Path) -> None:
    path.with_suffix(".sha256").write_bytes(b"\xff\x00")


@pytest.mark.parametrize("damage", [truncate, flip, Path.unlink, drop_seal, spoil_seal])
def test_damaged_dictionary_is_built_again(tmp_path: Path, damage: object) -> None:
    terms = write_terms(tmp_path, "ピアリング\tpeering")
    built = build_user_dictionary(terms, tmp_path)
    whole = built.read_bytes()
    assert callable(damage)
    damage(built)
    assert build_user_dictionary(terms, tmp_path).read_bytes() == whole


def test_builds_at_the_same_time_agree_and_leave_nothing(tmp_path: Path) -> None:
    terms = write_terms(tmp_path, "ピアリング\tpeering")
    cache = tmp_path / "cache"
    results: list[Path] = []
    threads = [
        threading.Thread(target=lambda: results.append(build_user_dictionary(terms, cache)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3
    assert len(set(results)) == 1
    assert sorted(path.suffix for path in cache.iterdir()) == [".dic", ".sha256"]
    assert MecabTokenizer(results[0]).tokenize("ピアリング")[0].origin == "peering"


@pytest.mark.parametrize(
    "line",
    ["ピアリング", "ピアリング peering", "\tpeering", "ピア リング\tpeering",
     "ピア,リング\tpeering", "ピアリング\tPeering", "ピアリング\tピア", "ピアリング\t"],
)  # fmt: skip
def test_malformed_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    terms = write_terms(tmp_path, f"# first\n{line}\n")
    with pytest.raises(TokenizerError, match=r"terms\.tsv, line 2: "):
        build_user_dictionary(terms, tmp_path)


def test_two_origins_for_one_term_are_told(tmp_path: Path) -> None:
    terms = write_terms(tmp_path, "サーバー\tserver\nサーバ\tserve\n")
    with pytest.raises(TokenizerError, match="line 2: `サーバ` has another origin above"):
        build_user_dictionary(terms, tmp_path)


def test_missing_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(TokenizerError, match="cannot read the list of terms"):
        build_user_dictionary(tmp_path / "none.tsv", tmp_path)


def test_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    terms = write_terms(tmp_path, "ピアリング\tpeering")
    with pytest.raises(TokenizerError, match="cannot write the user dictionary into"):
        build_user_dictionary(terms, blocked / "cache")
