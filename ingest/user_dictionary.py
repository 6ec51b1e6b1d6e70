"""Compiles the list of terms that UniDic cuts badly into a dictionary for MeCab.

MeCab matches user entries exactly, so they are stored as `normalize` spells them. An entry hides
the words inside it: a compound's words stand in its origin, which is indexed word by word.
"""

import csv
import hashlib
import io
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import unidic_lite

from ingest.errors import TokenizerError
from ingest.normalize import normalize

# The word class of UniDic's own common loanword nouns.
_POS = "名詞,普通名詞,一般,*,*,*"
_CONTEXT = f"{_POS},*,*,外"
# Found by trial on the bundled list: at -500 each of its terms wins over what UniDic makes of it,
# alone and among other words; at 0 ten of 1,200 trials fail, at UniDic's own 1,500 there are 84.
# R@1 of the words differs by less than .003 from 1,500 down to -500.
_COST = -500
# Part of the file's name: raise it when the entries are written differently.
_FORMAT = 1
_ORIGIN = re.compile(r"[a-z0-9]+(?:[ '-][a-z0-9]+)*")
# Runs in a process of its own: MeCab's indexer writes to standard output and ends the process
# when something is wrong.
_COMPILE = "import sys, fugashi; fugashi.build_dictionary(sys.argv[1])"
_COMPILE_SECONDS = 120


def bundled_terms_file() -> Path:
    """Return the list of AWS and IT terms that comes with the package."""
    return Path(__file__).parent / "data" / "aws_terms.tsv"


def build_user_dictionary(terms_file: Path, cache_folder: Path) -> Path:
    """Return the compiled dictionary of `terms_file`; compile it if the cache has none.

    A line of the file is a katakana term, a tab and its source words in lower case; lines that
    start with `#` and empty ones say nothing. A dictionary in the cache is used only if it is
    byte for byte what was once written there. Several processes may build at a time.

    :param cache_folder: created if missing.
    :raises TokenizerError: the list or the folder cannot be used, or MeCab refuses the entries.
    """
    source = _format_entries(_read_terms(terms_file))
    name = hashlib.sha256(f"{_FORMAT}\n{_dictionary_version()}\n{source}".encode()).hexdigest()[:16]
    target = cache_folder / f"user-{name}.dic"
    seal = target.with_suffix(".sha256")
    if _is_intact(target, seal):
        return target
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache_folder, prefix=".build-") as folder:
            compiled = _compile(source, Path(folder))
            digest = hashlib.sha256(compiled.read_bytes()).hexdigest()
            new_seal = Path(folder) / "seal"
            new_seal.write_text(digest, encoding="ascii")
            compiled.replace(target)
            new_seal.replace(seal)
    except OSError as error:
        raise TokenizerError(
            f"cannot write the user dictionary into {cache_folder} ({error.strerror or error}); "
            "make the folder writable or choose another"
        ) from error
    return target


def _is_intact(target: Path, seal: Path) -> bool:
    try:
        digest = hashlib.sha256(target.read_bytes()).hexdigest()
        return seal.read_text(encoding="ascii") == digest
    except (OSError, UnicodeDecodeError):
        return False


def _read_terms(terms_file: Path) -> dict[str, str]:
    """Return origin by surface, both as they are stored.

    :raises TokenizerError: the file cannot be read, or a line is not of the form above.
    """
    try:
        text = terms_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TokenizerError(
            f"cannot read the list of terms {terms_file} ({error}); reinstall Tenkyo"
        ) from error
    terms: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        term, _, origin = line.partition("\t")
        surface = normalize(term)
        if not surface or re.search(r"[\s,\"]", surface) or not _ORIGIN.fullmatch(origin):
            raise TokenizerError(
                f"{terms_file}, line {number}: `{line}` is no term, tab and source words; mend it"
            )
        if terms.setdefault(surface, origin) != origin:
            raise TokenizerError(
                f"{terms_file}, line {number}: `{term}` has another origin above; keep one line"
            )
    return terms


def _format_entries(terms: dict[str, str]) -> str:
    """Return the lines of MeCab's dictionary source, sorted."""
    context = _find_context_id()
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for surface, origin in sorted(terms.items()):
        lemma = f"{surface}-{origin}"
        features = [*_POS.split(","), surface, lemma, surface, surface, surface, surface, "外"]
        writer.writerow([surface, context, context, _COST, *features, *"*" * 13])
    return buffer.getvalue()


def _find_context_id() -> int:
    """Return UniDic's number for common loanword nouns."""
    definitions = Path(unidic_lite.DICDIR) / "left-id.def"
    try:
        lines = definitions.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        lines = []
    for line in lines:
        number, _, features = line.partition(" ")
        if features == _CONTEXT:
            return int(number)
    raise TokenizerError(
        f"{definitions} does not define loanword nouns; "
        "reinstall UniDic with `pip install --force-reinstall unidic-lite`"
    )


def _dictionary_version() -> str:
    """Return what tells UniDic's releases apart; the compiled file fits one of them."""
    try:
        return (Path(unidic_lite.DICDIR) / "version").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _compile(source: str, folder: Path) -> Path:
    (folder / "terms.csv").write_text(source, encoding="utf-8")
    base = shlex.quote(unidic_lite.DICDIR)
    arguments = f"index -d {base} -u terms.dic -f utf8 -t utf8 terms.csv"
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and arguments)
            [sys.executable, "-c", _COMPILE, arguments],
            cwd=folder,
            capture_output=True,
            timeout=_COMPILE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TokenizerError(
            f"MeCab did not compile the user dictionary within {_COMPILE_SECONDS} seconds; "
            "try again when the machine is less busy"
        ) from error
    compiled = folder / "terms.dic"
    if done.returncode != 0 or not compiled.is_file():
        lines = done.stderr.decode("utf-8", errors="replace").strip().split("\n")
        raise TokenizerError(
            f"MeCab cannot compile the user dictionary ({lines[-1]}); "
            "reinstall with `pip install --force-reinstall fugashi unidic-lite`"
        )
    return compiled
