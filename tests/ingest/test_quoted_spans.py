from ingest.datatypes import Section
from ingest.quoted_spans import QuoteFinder
from tests.time_limit import time_limit


def quote_of(source, text, line_start, line_end, first_line=1):
    last_line = first_line + source.count("\n")
    section = Section("n#a", "n", ("a",), 1, "a", first_line, last_line, source, "")
    start, end = QuoteFinder(section).find_quote(text, line_start, line_end)
    return source[start:end]


def test_markup_within_and_around_the_text_is_quoted_with_it():
    assert quote_of("- 甲は**乙**だ\n", "甲は乙だ", 1, 1) == "甲は**乙**だ"
    assert quote_of("甲。`乙`です", "乙です", 1, 1) == "`乙`です"


def test_a_quote_stays_within_its_lines():
    assert quote_of("同じ\n別\n同じ", "同じ", 12, 12, first_line=10) == "同じ"
    assert quote_of("甲\n乙", "乙", 1, 1) == "甲"


def test_what_is_not_found_is_quoted_by_whole_lines():
    assert quote_of("# A\n  [甲](u)と \n乙\n", "甲と", 2, 2) == "[甲](u)と"
    assert quote_of("# A\n**\n乙", "**", 2, 3) == "**\n乙"


def test_a_line_of_a_million_signs_is_not_gone_through_for_each_quote():
    source = "[甲](u)と乙。" * 100_000
    section = Section("n#a", "n", ("a",), 1, "a", 1, 1, source, "")
    finder = QuoteFinder(section)
    with time_limit(5):
        spans = [finder.find_quote("乙", 1, 1) for _ in range(2_000)]
    assert [end - start for start, end in spans] == [1] * 2_000
