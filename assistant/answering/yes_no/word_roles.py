"""Which parts the things in a Japanese clause play, by the particle behind each; rows of names."""

import re
from collections.abc import Callable

#: From kanji, katakana, Latin letters and digits; spaces only between such.
NAME = r"[^\s\Wぁ-ん][^\sぁ-ん、。・/,:]*(?: [^\sぁ-ん、。・/,:]+)*"
_ROLE = re.compile(rf"({NAME}) ?(から|へ|に|を|は|が)")
_SAME_ROLE = {"へ": "に", "が": "は"}
_OWNER = re.compile(rf"({NAME}) ?の ?(?=({NAME}))")
_SIGNS = r"・| ?/ ?| ?や ?|および|及び|または| ?、 ?"
# `A と B に`; but `A と同じ`, `A と通信`.
_AND = rf" ?と ?(?={NAME} ?[のにはもで])"
# `A も B も`; but `A も B で` names B alone.
_ROW = re.compile(
    rf"(?:(?<!\w)|(?<=[でにをはがのもへ])){NAME}(?:(?:{_SIGNS}|{_AND}| ?も ?(?={NAME} ?も)){NAME})+"
)
_PHRASES = re.compile("も、 ?")
_JOINED = re.compile(rf"{_SIGNS}| ?[もと] ?")
_OTHER_NAME = re.compile(
    rf"(?P<name>(?:{NAME} ?の ?)?{NAME}) ?\((?P<other>[^()]{{1,40}})\)(?=[^ ]|$)"
)
_KANJI = re.compile("[一-龠々]+")
_FOREIGN = re.compile("[ァ-ヺー]+|[a-z]{6,}(?: [a-z]+)*|[a-z]+ [a-z]{6,}")
_POINTER = re.compile(r"(?<=ない|せん|不可) ?\((?P<topic>[^()はで]+)[はで] ?(?P<way>[^()]+)\)$")
# `アクセス制御はポリシー`; but `東館は可`, `東館は OK`.
_THING = re.compile("(?:[ァ-ヺー]{4,}|[a-z0-9]{3,})$")
# No names, though they stand where names do.
_NO_NAME = re.compile("自体|(?:既|先|更|常|特|直|有効|無効|オン|オフ)に")


def contradict_roles(first: str, second: str) -> bool:
    """Tell whether two clauses give the same things different parts.

    So do `A から B へ` and `B から A へ`, `A に B を` and `B に A を`, `A の B` and `C の B`
    or `B の A`.

    :param first, second: as `normalize` returns them.
    """
    one, other = _read_roles(first), _read_roles(second)
    if one["から"] != other["から"] or _contradict_owners(first, second):
        return True
    if one["に"] and other["に"] and not _are_alike(one["に"], other["に"]):
        return True
    # What has both parts in one of them may have either in the other.
    if (one["に"] - one["を"]) & (other["を"] - other["に"]):
        return True
    if (one["を"] - one["に"]) & (other["に"] - other["を"]):
        return True
    return bool(one["は"] & other["を"] and one["を"] & other["は"])


def drop_siblings(text: str, is_wanted: Callable[[str], bool]) -> str:
    """Return a clause without the names that only stand in a row with a wanted one.

    What is said of `A・B・C` is said of B, and of `X の A・B` of `X の B`.
    """
    # `A の B も、C も、D` is a row of phrases.
    if len(phrases := _PHRASES.split(text)) > 1 and "は" not in text:
        text = "・".join([phrase for phrase in phrases if is_wanted(phrase)] or phrases)

    def keep_wanted(match: re.Match[str]) -> str:
        names = _JOINED.split(match[0])
        wanted = [name for name in names if is_wanted(name)]
        # Two names with a comma may be a topic and what is said of it.
        if not wanted or ("、" in match[0] and len(names) < 3):
            return match[0]
        return "・".join(wanted)

    return _ROW.sub(keep_wanted, text)


def choose_names(
    text: str, is_wanted: Callable[[str], bool], are_same: Callable[[str, str], bool]
) -> str:
    """Return a clause with one of the names where brackets give another, or an example.

    The name in brackets is chosen if only it is wanted, and only where it cannot restrict the
    other one (`鍵（東館）`): as an example, or in another script.
    """

    def choose(match: re.Match[str]) -> str:
        name, other = match["name"], match["other"].removesuffix("など")
        if are_same(name, other):
            return name
        is_other_name = other != match["other"] or _are_translated(name, other)
        return other if is_other_name and is_wanted(other) and not is_wanted(name) else match[0]

    return _OTHER_NAME.sub(choose, text)


def drop_pointer(text: str, is_wanted: Callable[[str], bool]) -> str:
    """Return a denial without brackets behind it that name what there is instead (`A は B`).

    What is said of something else than what is wanted may be an exception, unless it is a thing.
    """
    match = _POINTER.search(text)
    if match and (is_wanted(match["topic"]) or _THING.search(match["way"])):
        return text[: match.start()]
    return text


def _are_translated(name: str, other: str) -> bool:
    """Tell whether one is in kanji, the other in katakana or a long word in Latin letters."""
    return any(
        _KANJI.fullmatch(one) and _FOREIGN.fullmatch(two)
        for one, two in ((name, other), (other, name))
    )


def _are_alike(one: set[str], other: set[str]) -> bool:
    """Tell whether each of the fewer names is one of the others, or part of it (`IAM グループ`)."""
    fewer, more = sorted((one, other), key=len)
    return all(any(name in long or long in name for long in more) for name in fewer)


def _read_roles(text: str) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {"から": set(), "に": set(), "を": set(), "は": set()}
    for name, particle in _ROLE.findall(_NO_NAME.sub("", text)):
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
