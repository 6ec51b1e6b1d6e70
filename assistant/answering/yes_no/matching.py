"""Tells whether a statement says just what a question asks, or its contrary.

The same: a predicate of one kind on the same deed, the same content words in the same roles, the
same adverbs and the same words that single out. What else may name the topic is `scope`'s matter.
"""

import re

from assistant.answering.yes_no.claims import Claim
from assistant.answering.yes_no.predicates import DEEDS, PredicateKind
from assistant.answering.yes_no.word_roles import contradict_roles

_HAPPENS = (PredicateKind.PASSIVE, PredicateKind.VERB)
# A denial before the predicate (`停止しない場合は`).
_DENIED = re.compile(r"(?:ない|ません|なし|なく|(?<=[ぁ-ん])ず)(?!$)")
_USE = "使う"
# What follows where something is done that is needed (`A しないと反映されない`).
_EFFECTS = frozenset("反映 利く 動く 動作 働く 有効".split())
_CHOOSING = frozenset("選ぶ 設定 指定 変える 有効".split())


def says_same(asked: Claim, said: Claim) -> bool:
    """Tell whether a claim is about just what is asked, as far as it names it itself."""
    if not _answers_kind(asked, said) or not _has_same_deed(asked, said):
        return False
    words, allowed = said.words, asked.words
    if said.predicate.kind in DEEDS:
        words = words - {said.deed}
    elif said.predicate.kind is PredicateKind.NEED:
        allowed = allowed | _EFFECTS
    if not words <= allowed or not (words & asked.words or _speaks_of_above(asked, said)):
        return False
    if not _has_same_focus(asked, said):
        return False
    # What can be done by itself can be done; what cannot be done cannot be done by itself.
    wider, narrower = (asked, said) if said.predicate.holds else (said, asked)
    if not wider.manners <= narrower.manners:
        return False
    # Nothing tells who does it to whom in an English question without more.
    if asked.predicate.kind is PredicateKind.VERB and not asked.deed and len(said.words) > 2:
        return False
    if said.predicate.kind is PredicateKind.NOUN and not _have_one_topic(asked, said):
        return False
    if bool(_DENIED.search(asked.text)) != bool(_DENIED.search(said.text)):
        return False
    return not contradict_roles(asked.text, said.text)


def contradict(said: Claim, other: Claim, asked: Claim) -> bool:
    """Tell whether another claim of the same passage takes back what answers the question.

    So it does if it says the opposite of the same deed, and of the same things or of some of them.
    In brackets or without a deed (`東館は不可`) it may be an exception, whatever it is said of.
    """
    if said.predicate.kind is not other.predicate.kind:
        return False
    if said.predicate.holds == other.predicate.holds:
        return False
    if other.predicate.is_bare and (not other.deed or other.deed not in asked.words):
        return True
    if said.deed != other.deed:
        return False
    return other.is_comment or other.words <= asked.words or said.words <= other.words


def _have_one_topic(asked: Claim, said: Claim) -> bool:
    """Tell whether `A は B` is said of the same thing, and not `B は A`."""
    return asked.text.partition("は")[0].strip().endswith(said.text.partition("は")[0].strip())


def _answers_kind(asked: Claim, said: Claim) -> bool:
    kinds = asked.predicate.kind, said.predicate.kind
    if kinds[0] is kinds[1] or (kinds[0] in _HAPPENS and kinds[1] in _HAPPENS):
        return True
    if said.predicate.holds:
        return False
    # Of what cannot be done nobody need ask whether it may be; what there is not, nobody can use;
    # what cannot be done by something (`消すだけでは止められない`) does not come of it.
    return (
        kinds == (PredicateKind.MAY, PredicateKind.CAN)
        or (kinds == (PredicateKind.CAN, PredicateKind.EXIST) and _asks_for_use(asked, said))
        or (kinds == (PredicateKind.VERB, PredicateKind.CAN) and bool(said.focus))
    )


def _speaks_of_above(asked: Claim, said: Claim) -> bool:
    """Tell whether a claim that names a deed alone is on the heading or on what goes before."""
    is_deed = said.deed == asked.deed if asked.deed else said.deed in asked.words
    if not said.deed or not is_deed:
        return False
    return said.topic <= asked.words if said.topic else said.is_first


def _has_same_focus(asked: Claim, said: Claim) -> bool:
    """Tell whether both single out the same; what holds of a thing alone holds of it."""
    more = said.focus - asked.focus
    if not asked.focus <= said.focus:
        return False
    return not more or (said.predicate.holds and all(sign.endswith("だけ") for sign in more))


def _asks_for_use(asked: Claim, said: Claim) -> bool:
    """Tell whether it is asked to use what there is not, or to give it (`指定はない`)."""
    if said.deed == "指定" == asked.deed:
        return True
    return asked.deed == _USE or (not asked.deed and _USE in asked.words)


def _has_same_deed(asked: Claim, said: Claim) -> bool:
    if said.predicate.kind not in DEEDS or not said.deed or not asked.deed:
        return True
    if said.deed == asked.deed:
        return True
    # What is chosen as a thing is made is neither changed nor turned on later.
    is_fixed = not said.predicate.holds and "later" in said.manners
    return is_fixed and said.deed in _CHOOSING and asked.deed in _CHOOSING
