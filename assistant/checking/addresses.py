"""Finds what must stand letter by letter: IPs, CIDRs, ARNs, URLs, mail addresses, paths."""

import re

# Signs of an address; a Japanese text goes on right behind it.
_SIGN = r"[a-z0-9._~%+*?=&#@!$'{}<>\[\]/:-]"
_ADDRESS = re.compile(
    "|".join(
        (
            rf"[a-z][a-z0-9+.-]{{0,15}}://{_SIGN}+",
            rf"arn:[a-z-]+:{_SIGN}*",
            r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+",
            r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?![0-9]|\.[0-9])",
            r"(?<![0-9a-z:])(?=[0-9a-f:]{2,39}(?:/|[^0-9a-z:]|$))[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:/[0-9]{1,3})?",
            r"(?<![a-z0-9_/.)*])(?:~|\.{1,2})?/[a-z*{.][a-z0-9._*{}<>-]*(?:/[a-z0-9._*{}<>-]*)*",
        )
    )
)
_TAIL = ".,:;?!"


def find_addresses(text: str) -> list[str]:
    """Return the addresses in the order of the text.

    :param text: as `normalize` returns it.
    """
    return [match[0].rstrip(_TAIL) for match in _ADDRESS.finditer(text)]


def mask_addresses(text: str) -> str:
    """Return `text` of the same length with its addresses made spaces: no figures stand in them."""
    return _ADDRESS.sub(lambda match: " " * len(match[0]), text)
