"""Takes dates out of a statement that say since when it holds, as long as they are past."""

import re
from datetime import date

# `2024 年 11 月から使える`; but `2024 年以降に作った鍵`, `2024 年からの契約`.
_SINCE = re.compile(
    r"(?P<year>[12][0-9]{3}) ?年(?: ?(?P<month>[0-9]{1,2}) ?月)?(?: ?[0-9]{1,2} ?日)?"
    r"(?:から|以降)(?:は)?、? ?(?![のにで])"
)


def drop_past_dates(text: str, today: date) -> str:
    """Return a text without the dates since which it holds; one to come is left.

    :param text: as `normalize` returns it.
    """

    def drop_past(match: re.Match[str]) -> str:
        # Of the month that it is, nobody knows whether the day is past.
        since = int(match["year"]), int(match["month"] or 12)
        return "" if since < (today.year, today.month) else match[0]

    return _SINCE.sub(drop_past, text)
