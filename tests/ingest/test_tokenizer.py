import threading
from pathlib import Path

import pytest
import unidic_lite
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.datatypes import Token
from ingest.errors import TokenizerError
from ingest.normalize import normalize
from ingest.tokenizer import CALL_LIMIT, MecabTokenizer


@pytest.fixture(scope="module")
def tokenizer() -> MecabTokenizer:
    return MecabTokenizer()


def test_inflected_words_get_their_dictionary_form(tokenizer: MecabTokenizer) -> None:
    tokens = tokenizer.tokenize("通らなかった")
    assert [(token.surface, token.lemma, token.pos) for token in tokens] == [
        ("通ら", "通る", "動詞"),
        ("なかっ", "ない", "助動詞"),
        ("た", "た", "助動詞"),
    ]


def test_origin_is_split_from_the_lemma(tokenizer: MecabTokenizer) -> None:
    assert tokenizer.tokenize("インターフェース") == [
        Token("インターフェース", "インターフェース", "interface", "インターフェース", "名詞")
    ]


def test_origin_is_lower_case(tokenizer: MecabTokenizer) -> None:
    assert tokenizer.tokenize("フランス")[0].origin == "france"


def test_suffix_that_tells_homonyms_apart_is_no_origin(tokenizer: MecabTokenizer) -> None:
    # UniDic's lemma is アウル-外国.
    assert tokenizer.tokenize("アウル")[0].origin == ""


def test_unknown_word_stands_for_itself(tokenizer: MecabTokenizer) -> None:
    assert tokenizer.tokenize("vpc") == [Token("vpc", "vpc", "", "", "名詞")]


@pytest.mark.parametrize("text", ["", " "])
def test_text_without_words_has_no_tokens(tokenizer: MecabTokenizer, text: str) -> None:
    assert tokenizer.tokenize(text) == []


@settings(deadline=None)
@given(text=st.text() | st.text(st.characters(codec=None)))
def test_nothing_but_white_space_is_lost(tokenizer: MecabTokenizer, text: str) -> None:
    normalized = normalize(text)
    surfaces = "".join(token.surface for token in tokenizer.tokenize(normalized))
    assert surfaces == normalized.replace(" ", "")


@pytest.mark.parametrize("text", ["あ" * 200_000, "ー" * 25_000, "接続する。" * 5_000])
def test_long_text_is_cut_for_mecab_and_whole_in_the_end(
    tokenizer: MecabTokenizer, text: str
) -> None:
    assert "".join(token.surface for token in tokenizer.tokenize(text)) == text


def test_long_text_is_cut_between_sentences(tokenizer: MecabTokenizer) -> None:
    # 12 characters a sentence: 10,000 is no multiple, a hard cut would split a word.
    sentence = "転送量を監視しておいた。"
    assert CALL_LIMIT % len(sentence) != 0
    once = tokenizer.tokenize(sentence)
    assert tokenizer.tokenize(sentence * 2_000) == once * 2_000


def test_eight_threads_get_what_one_gets(tokenizer: MecabTokenizer) -> None:
    texts = [f"{name}の接続は{n}本まで" for n in range(40) for name in ("ルータ", "サーバ", "回線")]
    expected = [tokenizer.tokenize(text) for text in texts]
    wrong: list[str] = []

    def compare(offset: int) -> None:
        for _ in range(5):
            for index in range(len(texts)):
                at = (index + offset * 7) % len(texts)
                if tokenizer.tokenize(texts[at]) != expected[at]:
                    wrong.append(texts[at])

    threads = [threading.Thread(target=compare, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_missing_user_dictionary_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "no.dic"
    with pytest.raises(TokenizerError, match=r"cannot load the user dictionary .*no\.dic"):
        MecabTokenizer(missing)


def test_damaged_user_dictionary_is_told_in_one_line(tmp_path: Path) -> None:
    damaged = tmp_path / "it's damaged.dic"
    damaged.write_bytes(b"no dictionary" * 100)
    with pytest.raises(TokenizerError, match="delete the file") as caught:
        MecabTokenizer(damaged)
    assert "\n" not in str(caught.value)


def test_missing_unidic_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unidic_lite, "DICDIR", str(tmp_path))
    with pytest.raises(TokenizerError, match="pip install --force-reinstall unidic-lite"):
        MecabTokenizer()
