"""Anchors of headings, in the form that GitHub gives them.

The rule: lower case; letters, digits, marks, `_` and `-` stay (Japanese with them); spaces become
hyphens; everything else goes.
"""

import unicodedata

#: Stands in for a heading that has no letter or digit at all.
EMPTY_SLUG = "section"


def slugify_heading(heading: str) -> str:
    """Return the anchor that GitHub would give a heading's plain text, or `EMPTY_SLUG`."""
    kept = []
    for char in unicodedata.normalize("NFC", heading).strip().lower():
        if char in " \t\n\u3000":
            kept.append("-")
        elif char in "-_" or unicodedata.category(char)[0] in "LMN":
            kept.append(char)
    return "".join(kept) or EMPTY_SLUG


class AnchorSet:
    """Gives every heading of one note an anchor of its own.

    A second `foo` becomes `foo-1`; if a heading is literally called `foo-1`, the next free number
    is taken, so that no two headings ever share an anchor.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def assign_anchor(self, heading: str) -> str:
        """Return an anchor that was not given before, and remember it."""
        slug = slugify_heading(heading)
        anchor = slug
        while anchor in self._taken:
            self._counts[slug] = self._counts.get(slug, 0) + 1
            anchor = f"{slug}-{self._counts[slug]}"
        self._taken.add(anchor)
        return anchor
