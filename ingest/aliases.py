"""Names that mean the same: mined from the notes, listed for AWS, or given by the user.

A query gets the names that it lacks (`VGWとは` also searches for 仮想プライベートゲートウェイ).
Notes are indexed as they stand.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.alias_mining import find_pairs
from ingest.datatypes import Section
from ingest.errors import AliasFileError
from ingest.name_finder import NameFinder, name_key

# What a person writes by hand stays far below; more is a wrong file.
MAX_FILE_BYTES = 256 * 1024
MAX_FORM_CHARS = 80
# More names than this say no more than the first ones, and drown the question's own words.
MAX_ADDED_FORMS = 8


@dataclass(frozen=True, slots=True)
class AliasGroup:
    """Names of one thing.

    forms: two or more, as they are written; compared after `normalize`.
    source: "notes", "list" or "user".
    """

    forms: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """A query with the names that it lacks.

    text: the query, then the added forms, separated by spaces.
    fired: the groups that had a form in the query, in its order.
    """

    text: str
    fired: tuple[AliasGroup, ...]


class AliasTable:
    """Knows the groups and adds to a query the names that find more.

    Groups that share two forms are one; those that share one fire together on it and stay apart
    otherwise, because one abbreviation may stand for two things (`EB`).

    sections: the notes that are searched. With them, a name is added only if they have it, and
        only where the query's own name is in fewer sections than some other name of its group:
        a question in the words of the notes is best left alone. On the training data (3,115
        questions, R@1) adding everything takes the words from .606 to .561; adding so gives .611,
        for questions with aliases .732 -> .760, with bigrams .402 -> .484. Without sections, every
        other name is added.
    """

    def __init__(self, groups: Sequence[AliasGroup], sections: Sequence[Section] = ()) -> None:
        merged = _merge_groups(groups)
        self._finder = NameFinder(form for group in merged for form in group.forms)
        self._owners: dict[str, list[AliasGroup]] = {}
        for group in merged:
            for key in dict.fromkeys(map(name_key, group.forms)):
                self._owners.setdefault(key, []).append(group)
        self._counts: Counter[str] | None = None
        if sections:
            self._counts = Counter(
                key for section in sections for key in set(self._finder.find(section.text))
            )

    def expand(self, query: str) -> Expansion:
        """Return `query` with up to `MAX_ADDED_FORMS` other names of what it names."""
        found = dict.fromkeys(self._finder.find(query))
        fired: dict[AliasGroup, None] = {}
        added: dict[str, str] = {}
        for key in found:
            for group in self._owners[key]:
                fired.setdefault(group)
                for form in self._choose_forms(key, group):
                    if name_key(form) not in found:
                        added.setdefault(name_key(form), form)
        text = " ".join([query, *list(added.values())[:MAX_ADDED_FORMS]])
        return Expansion(text, tuple(fired))

    def _choose_forms(self, key: str, group: AliasGroup) -> list[str]:
        """Return the forms that are worth adding to a query that has `key`, best first."""
        counts = self._counts
        if counts is None:
            return list(group.forms)
        known = [form for form in group.forms if counts[name_key(form)]]
        if all(counts[name_key(form)] <= counts[key] for form in known):
            return []
        return sorted(known, key=lambda form: -counts[name_key(form)])


def load_listed_aliases() -> list[AliasGroup]:
    """Return the reviewed groups of AWS and IT names that come with the package."""
    path = Path(__file__).parent / "data" / "aliases.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    return [AliasGroup(tuple(group["forms"]), "list") for group in listed["group"]]


def load_user_aliases(path: Path) -> list[AliasGroup]:
    """Read the user's own groups from a TOML file of this form, any number of times:

        [[group]]
        forms = ["社内網", "コーポレートネットワーク", "corp-net"]

    :raises AliasFileError: the file cannot be read, is too large or has another form.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AliasFileError(
            f"cannot read {path} ({error.strerror or error}); check the path and its permissions"
        ) from error
    if len(data) > MAX_FILE_BYTES:
        raise AliasFileError(
            f"{path} has {len(data)} bytes; keep a file of aliases below {MAX_FILE_BYTES}"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AliasFileError(f"{path}, line {line}: not UTF-8; save the file as UTF-8") from error
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error).replace("\n", " ")
        raise AliasFileError(f"{path}: no valid TOML: {reason}; mend it") from error
    return list(_read_groups(path, text, table))


def _read_groups(path: Path, text: str, table: dict[str, Any]) -> Iterator[AliasGroup]:
    for key in table:
        if key != "group":
            raise AliasFileError(
                f"{path}, line {_line_of(text, key)}: unknown key `{key}`; "
                'write [[group]] and below it forms = ["...", "..."]'
            )
    groups = table.get("group", [])
    if not isinstance(groups, list):
        raise AliasFileError(
            f"{path}, line {_line_of(text, 'group')}: `group` is no list of groups; "
            "write [[group]] in double brackets"
        )
    for number, group in enumerate(groups):
        where = f"{path}, line {_line_of(text, 'group', number)}"
        if not isinstance(group, dict) or set(group) != {"forms"}:
            raise AliasFileError(
                f'{where}: a group has one key, forms = ["...", "..."]; remove or rename the others'
            )
        yield AliasGroup(_read_forms(where, group["forms"]), "user")


def _read_forms(where: str, forms: object) -> tuple[str, ...]:
    if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
        raise AliasFileError(f'{where}: forms is no list of texts; write forms = ["...", "..."]')
    by_key: dict[str, str] = {}
    for form in forms:
        if len(form) > MAX_FORM_CHARS or not any(map(str.isalnum, name_key(form))):
            raise AliasFileError(
                f"{where}: a form is a name of 1 to {MAX_FORM_CHARS} characters; "
                f"shorten or remove `{form[:20]}`"
            )
        by_key.setdefault(name_key(form), form.strip())
    if len(by_key) < 2:
        raise AliasFileError(
            f"{where}: a group needs two names that differ in more than case, width or spacing; "
            "add another or remove the group"
        )
    return tuple(by_key.values())


def _line_of(text: str, key: str, number: int = 0) -> int:
    """Return the 1-based line of the key's or group's occurrence number `number`, from 0."""
    head = re.compile(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}", re.MULTILINE)
    starts = [match.start() for match in head.finditer(text)]
    return text.count("\n", 0, starts[number]) + 1 if number < len(starts) else 1


def mine_aliases(sections: Sequence[Section]) -> list[AliasGroup]:
    """Return the names that the notes themselves declare equal, in reading order, each pair once.

    `ingest.alias_mining` tells what counts as a declaration.
    """
    groups: dict[tuple[str, ...], AliasGroup] = {}
    for section in sections:
        for short, name in find_pairs(section.text):
            keys = (name_key(short), name_key(name))
            if keys[0] != keys[1]:
                groups.setdefault(keys, AliasGroup((short, name), "notes"))
    return list(groups.values())


def _merge_groups(groups: Iterable[AliasGroup]) -> list[AliasGroup]:
    merged: list[AliasGroup] = []
    # For every name, the places in `merged` that have it.
    places: dict[str, list[int]] = {}
    for group in groups:
        forms = {name_key(form): form for form in group.forms}
        shared = Counter(place for key in forms for place in places.get(key, ()))
        place = next((place for place in sorted(shared) if shared[place] >= 2), len(merged))
        if place == len(merged):
            merged.append(group)
            new = list(forms)
        else:
            new = [key for key in forms if place not in places.get(key, ())]
            other = merged[place]
            merged[place] = AliasGroup((*other.forms, *(forms[key] for key in new)), other.source)
        for key in new:
            places.setdefault(key, []).append(place)
    return merged
