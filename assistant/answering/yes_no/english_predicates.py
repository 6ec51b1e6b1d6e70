"""Reads the predicate of a plain English clause: what is said, and whether it holds."""

import re

from assistant.answering.yes_no.predicates import Predicate, PredicateKind

_DENIAL = re.compile(
    r"\b(?:cannot|can not|not|no longer|no|never|unsupported|unavailable|unable|impossible"
    r"|without)\b|\b(?:ca|is|are|does|do)n't\b"
)
_AUXILIARIES = re.compile(
    r"\b(?:can|cannot|could|does|do|is|are|be|been|being|get|gets|have to|has to|had|must|able to"
    r"|unable to|possible|impossible|there|you|i|we|one|ca|an?|the)\b|n't\b"
)
# What is supported can be used.
_KINDS = (
    (
        PredicateKind.CAN,
        re.compile(r"\b(?:can|cannot|could|possible|impossible|(?:un)?able to|can't)\b"),
        "",
    ),
    (
        PredicateKind.CAN,
        re.compile(r"\b(?:un)?support(?:s|ed)?\b|\bworks? (?:with|on|in)\b"),
        " use",
    ),
    (
        PredicateKind.NEED,
        re.compile(
            r"\b(?:requires?|required|needs?|needed|necessary|must|(?:have|has) to|mandatory)\b"
        ),
        "",
    ),
    (
        PredicateKind.COST,
        re.compile(r"\b(?:free(?: of charge)?|charged?|costs?|billed)\b"),
        "",
    ),
    (PredicateKind.EXIST, re.compile(r"\b(?:there (?:is|are)|(?:is|are) there)\b"), ""),
    (
        PredicateKind.ENABLED,
        re.compile(r"\b(?:enabled|disabled|turned on|turned off)\b"),
        "",
    ),
)
_OPPOSITES = re.compile(r"\b(?:free(?: of charge)?|disabled|turned off)\b")
_QUESTION = re.compile(r"(?:can|could|do|does|is|are|must)\b")
_DOES = re.compile(r"(?:do|does)\b")
_PAST = re.compile(r"\b(?:did|was|were|had)\b")


def read_english_question(question: str) -> Predicate | None:
    """Return what a question asks to confirm, None if it is not a plain one.

    :param question: as `normalize` returns it, without the question mark.
    """
    if not _QUESTION.match(question) or _DENIAL.search(question):
        return None
    if _DOES.match(question) and not any(entry[1].search(question) for entry in _KINDS):
        return Predicate(PredicateKind.VERB, True, False, _AUXILIARIES.sub(" ", question))
    return _read(question)


def read_english_statement(clause: str) -> Predicate | None:
    """Return the predicate of a clause, None if it denies twice or says several things.

    :param clause: as `normalize` returns it, without the full stop.
    """
    return None if len(_DENIAL.findall(clause)) > 1 else _read(clause)


def _read(clause: str) -> Predicate | None:
    found = [entry for entry in _KINDS if entry[1].search(clause)]
    if len(found) != 1 or _PAST.search(clause):
        return None
    kind, pattern, kept = found[0]
    if len(pattern.findall(clause)) > 1:
        return None
    is_negated = _DENIAL.search(clause) is not None
    holds = is_negated == (_OPPOSITES.search(clause) is not None)
    rest = _AUXILIARIES.sub(" ", _DENIAL.sub(" ", pattern.sub(" ", clause)))
    return Predicate(kind, holds, is_negated, rest + kept)
