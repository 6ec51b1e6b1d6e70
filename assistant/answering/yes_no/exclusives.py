"""What a statement on one thing alone says of its rivals: `GET だけ` says no to POST.

Rivals are things of which nothing is two at once. Only short lists of such are known here, and what
a statement lists by name itself: of other things nobody can tell whether one is a kind of another
(`VPC の中からのみ`, EC2).
"""

import re
from dataclasses import replace

from assistant.answering.yes_no.claims import Claim
from assistant.answering.yes_no.plain_words import fold_word

_RIVALS = tuple(
    frozenset(map(fold_word, line.split()))
    for line in (
        "tcp udp icmp",
        "http https",
        "ipv4 ipv6",
        "get post put delete patch head options",
        "v1 v2 v3",
        "ftp sftp ftps",
        "smb nfs iscsi",
        "ipsec gre l2tp",
        "linux windows macos",
        "json xml csv yaml",
        "パブリック プライベート public private",
    )
)
# TLS is carried by TCP: what holds of it alone does not hold of plain TCP, but not the reverse.
_ONE_WAY = {"tls": frozenset(("tcp", "udp"))}
# What is not supported carries nothing, and is not used for anything.
_USE = "使う"
_USES = frozenset(map(fold_word, "使う 張る 通す 流す 受ける 送る".split()))
_CARRIED = frozenset(
    map(fold_word, "通信 トンネル プロトコル protocol tunnel リスナー listener 宛て".split())
)
_LATIN = re.compile("[a-z0-9][a-z0-9.+-]*")
# `S3 と DynamoDB の 2 つだけ`: what a closed list of names leaves out, it denies.
_NAMES = re.compile(
    rf"(?P<names>{_LATIN.pattern}(?: ?[、・/と] ?{_LATIN.pattern})+)"
    "(?: ?の ?[0-9] ?つ)? ?(?:だけ|のみ)"
)


def turn_to_rival(asked: Claim, said: Claim) -> Claim | None:
    """Return what a claim on one thing alone says of its rival that is asked about."""
    is_alone = any(sign.endswith("だけ") for sign in said.focus)
    if not is_alone or not said.predicate.holds or asked.focus:
        return None
    alone = said.words - asked.words - {said.deed}
    named = alone and _find_rivals(asked, said, alone)
    if not named:
        return None
    deed = asked.deed if said.deed == _USE and asked.deed in _USES else said.deed
    rest = said.words - alone - {said.deed}
    return replace(
        said,
        predicate=replace(said.predicate, holds=False),
        words=rest | named | (asked.words & _CARRIED) | {deed},
        deed=deed,
        focus=frozenset(),
    )


def _find_rivals(asked: Claim, said: Claim, alone: frozenset[str]) -> frozenset[str]:
    """Return the words asked for that stand against those that a claim is on alone."""
    others = asked.words - said.words
    for rivals in _RIVALS:
        if alone <= rivals and others & rivals:
            return others & rivals
    if len(alone) == 1 and others & _ONE_WAY.get(min(alone), frozenset()):
        return others & _ONE_WAY[min(alone)]
    listed = _NAMES.search(said.text)
    if listed is None or alone != _read_latin(listed["names"]):
        return frozenset()
    # Of several names, or in an English question, nobody can tell which is meant to be used.
    named = others & _read_latin(asked.text)
    return named if len(named) == 1 and asked.deed else frozenset()


def _read_latin(text: str) -> frozenset[str]:
    return frozenset(map(fold_word, _LATIN.findall(text)))
