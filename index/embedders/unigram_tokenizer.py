"""Builds the tokenizer of XLM-RoBERTa, which multilingual-e5-small uses, from its vocabulary.

What it makes of a text: `<s> pieces </s>`, the text normalised as SentencePiece's `nmt_nfkc` does
and every white-space replaced by `▁`.
"""

from collections.abc import Iterable, Mapping

from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from tokenizers.processors import TemplateProcessing

from index.embedders.weights import UnigramVocabulary

# `nmt_nfkc` keeps the full-width tilde (`10～20`), which NFKC makes a `~`: it goes through NFKC
# disguised as a private-use character.
FULL_WIDTH_TILDE = "～"
DISGUISE = "\ue000"


def build_tokenizer(vocabulary: UnigramVocabulary) -> Tokenizer:
    """Return the tokenizer, without truncation and without padding."""
    tokenizer = Tokenizer(Unigram(list(vocabulary.pieces), vocabulary.unk_id, False))
    tokenizer.normalizer = _build_normalizer(vocabulary.replacements)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    special = read_special_tokens(vocabulary)
    tokenizer.add_special_tokens(
        [AddedToken(text, special=True, normalized=False) for text in special.values()]
    )
    bos, eos = special["bos_token"], special["eos_token"]
    tokenizer.post_processor = TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos_id), (eos, vocabulary.eos_id)],
    )
    return tokenizer


def read_special_tokens(vocabulary: UnigramVocabulary) -> dict[str, str]:
    """Return the special tokens' texts by the names that transformers gives their roles."""
    ids = {
        "bos_token": vocabulary.bos_id,
        "pad_token": vocabulary.pad_id,
        "eos_token": vocabulary.eos_id,
        "unk_token": vocabulary.unk_id,
    }
    return {role: vocabulary.pieces[token_id][0] for role, token_id in ids.items()}


def _build_normalizer(replacements: Mapping[str, str]) -> normalizers.Normalizer:
    """Return NFKC after the replacements that are not NFKC: all of them drop or make a space."""
    steps: list[normalizers.Normalizer] = []
    for replacement in ("", " "):
        characters = [source for source, made in replacements.items() if made == replacement]
        if characters:
            pattern = Regex(f"[{_escape(characters)}]")
            steps.append(normalizers.Replace(pattern, replacement))
    return normalizers.Sequence(
        [
            *steps,
            normalizers.Replace(FULL_WIDTH_TILDE, DISGUISE),
            normalizers.NFKC(),
            normalizers.Replace(DISGUISE, FULL_WIDTH_TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


def _escape(characters: Iterable[str]) -> str:
    return "".join(f"\\x{{{ord(character):x}}}" for character in sorted(characters))
