"""Which parts the things in a Japanese clause play, by the particle behind each; rows of names."""

import re
from collections.abc import Callable

# From kanji, katakana, Latin letters and digits; spaces only between such.
_NAME = r"[^\s\Wぁ-ん][^\sぁ-ん、。・/,:]*(?: [^\sぁ-ん、。・/,:]+)*"
_ROLE = re.compile(rf"({_NAME}) ?(から|へ|に|を|は|が)")
_SAME_ROLE = {"へ": "に", "が": "は"}
_OWNER = re.compile(rf"({_NAME}) ?の ?(?=({_NAME}))")
_JOIN = r"(?:・| ?/ ?| ?や ?| ?も |および|及び|または| ?、 ?)"
_ROW = re.compile(rf"(?<![のぁ-ん]){_NAME}(?:{_JOIN}{_NAME})+")
_JOINED = re.compile(_JOIN)


def contradict_roles(first: str, second: str) -> bool:
    """Tell whether two clauses give the same things different parts.

    So do `A から B へ` and `B から A へ`, `A に B を` and `B に A を`, `A の B` and `C の B`
    or `B の A`.

    :param first, second: as `normalize` returns them.
    """
    one, other = _read_roles(first), _read_roles(second)
    if one["から"] != other["から"] or _contradict_owners(first, second):
        return True
    if one["に"] and other["に"] and one["に"] != other["に"]:
        return True
    if one["に"] & other["を"] or one["を"] & other["に"]:
        return True
    return bool(one["は"] & other["を"] and one["を"] & other["は"])


def drop_siblings(text: str, is_wanted: Callable[[str], bool]) -> str:
    """Return a clause without the names that only stand in a row with a wanted one.

    What is said of `A・B・C` is said of B. A row behind `の` is left as it is: all of it may belong
    to what stands before.
    """

    def keep_wanted(match: re.Match[str]) -> str:
        names = _JOINED.split(match[0])
        wanted = [name for name in names if is_wanted(name)]
        # Two names with a comma may be a topic and what is said of it.
        if not wanted or ("、" in match[0] and len(names) < 3):
            return match[0]
        return "・".join(wanted)

    return _ROW.sub(keep_wanted, text)


def _read_roles(text: str) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {"から": set(), "に": set(), "を": set(), "は": set()}
    for name, particle in _ROLE.findall(text):
        roles[_SAME_ROLE.get(particle, particle)].add(name.replace(" ", ""))
    return roles


def _contradict_owners(first: str, second: str) -> bool:
    one, other = _read_owners(first), _read_owners(second)
    return any(
        other.get(owned, owner) != owner or other.get(owner) == owned
        for owned, owner in one.items()
    )


def _read_owners(text: str) -> dict[str, str]:
    return {owned.replace(" ", ""): owner.replace(" ", "") for owner, owned in _OWNER.findall(text)}
