"""Dates since which something holds."""

from datetime import date

import pytest

from assistant.answering.yes_no.dates import drop_past_dates

TODAY = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("2025 年 3 月から貸せる", "貸せる"),
        ("2025年3月5日から、貸せる", "貸せる"),
        ("2025 年から貸せる", "貸せる"),
        ("鍵は 2026 年 3 月以降は貸せる", "鍵は 貸せる"),
        # still to come, or nobody knows
        ("2026 年 4 月から貸せる", "2026 年 4 月から貸せる"),
        ("2026 年から貸せる", "2026 年から貸せる"),
        ("2030 年 1 月から貸せる", "2030 年 1 月から貸せる"),
        # of a thing
        ("2025 年以降に作った鍵は貸せる", "2025 年以降に作った鍵は貸せる"),
        ("2025 年からの鍵は貸せる", "2025 年からの鍵は貸せる"),
        ("9999 年 99 月から貸せる", "9999 年 99 月から貸せる"),
        ("", ""),
    ],
)
def test_only_past_dates_are_dropped(text: str, left: str) -> None:
    assert drop_past_dates(text, TODAY) == left
