"""Notes as HTML: line for line, and never anything but text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.apps.chat.excerpt import MOST_CHARACTERS
from assistant.apps.chat.markdown_html import render_markdown_lines
from tests.assistant.apps.chat.hostile_notes import HOSTILE_NOTES
from tests.assistant.apps.chat.html_reading import Page, read_html
from tests.time_limit import time_limit

# Lines 1 to 27 of a note; what is shown of them stands in `SHOWN`.
NOTE = """## 見出し
一行目、**強い
二行目**の続き
三行目

- 項目 1
  の続き
- 項目 2
  1. 子

| 列 | 値 |
|----|---:|
| あ | 1 |
| い | 2 |

```yaml
x: 1

y: 2
```

    字下げ

> 引用
> の続き
---
"""
SHOWN = {1, 2, 3, 4, 6, 7, 8, 9, 11, 13, 14, 17, 18, 19, 22, 24, 25, 26}


def lines_of(page: Page, kind: str) -> list[int]:
    return [int(element.attributes["data-line"]) for element in page.find(kind=kind)]


def line(number: int, text: str) -> str:
    return f'<span class="tk-line" data-line="{number}">{text}</span>'


def cited(number: int, text: str) -> str:
    return f'<mark class="tk-cited" data-line="{number}">{text}</mark>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 題 *強い*", f'<h4 class="tk-h1">{line(5, "題 <em>強い</em>")}</h4>'),
        ("一\n二", f"<p>{line(5, '一')}<br>{line(6, '二')}</p>"),
        ("一  \n二\\\n三", f"<p>{line(5, '一')}<br>{line(6, '二')}<br>{line(7, '三')}</p>"),
        ("~~消~~ **強**", f"<p>{line(5, '<s>消</s> <strong>強</strong>')}</p>"),
        ("a<br>b<BR />c", f"<p>{line(5, 'a<br>b<br>c')}</p>"),
        ("<b>a</b>", f"<p>{line(5, '&lt;b&gt;a&lt;/b&gt;')}</p>"),
        ("- 一\n- 二", f"<ul><li>{line(5, '一')}</li><li>{line(6, '二')}</li></ul>"),
        ("3. 三", f'<ol start="3"><li>{line(5, "三")}</li></ol>'),
        ("0) 零", f'<ol start="0"><li>{line(5, "零")}</li></ol>'),
        ("1. 一", f'<ol start="1"><li>{line(5, "一")}</li></ol>'),
        ("> 引", f"<blockquote><p>{line(5, '引')}</p></blockquote>"),
        ("---", '<hr class="tk-line" data-line="5">'),
        (
            "```py\nx\n\n```",
            f'<pre class="tk-code"><code>{line(6, "x")}\n{line(7, "")}</code></pre>',
        ),
        ("```\n```", '<pre class="tk-code"><code></code></pre>'),
        ("    x", f'<pre class="tk-code"><code>{line(5, "x")}</code></pre>'),
        (
            "<div>\nx",
            f'<pre class="tk-html"><code>{line(5, "&lt;div&gt;")}\n{line(6, "x")}</code></pre>',
        ),
        (
            "|a|\n|-|\n|b|",
            (
                '<div class="tk-scroll" tabindex="0"><table>'
                '<thead><tr class="tk-line" data-line="5"><th scope="col">a</th></tr></thead>'
                '<tbody><tr class="tk-line" data-line="7"><td>b</td></tr></tbody></table></div>'
            ),
        ),
        (
            "[押す](./%E3%81%82.md#a)",
            (
                '<p><span class="tk-line" data-line="5">'
                '<span class="tk-link" title="./あ.md#a">押す</span></span></p>'
            ),
        ),
        (
            "![絵 *と* 文](https://x.example/a.png)",
            (
                '<p><span class="tk-line" data-line="5"><span class="tk-image"'
                ' title="https://x.example/a.png">🖼 絵 と 文</span></span></p>'
            ),
        ),
        ("", ""),
    ],
)
def test_small_notes_as_worked_out_by_hand(text: str, expected: str) -> None:
    assert render_markdown_lines(text, 5, None) == expected


def test_markup_across_lines_is_closed_and_opened_again_within_each() -> None:
    assert render_markdown_lines("**一\n二** `三\n四`", 1, (2, 2)) == (
        f"<p>{line(1, '<strong>一</strong>')}<br>"
        f"{cited(2, '<strong>二</strong> <code>三</code>')}<br>"
        f"{line(3, '<code>四</code>')}</p>"
    )


def test_of_a_table_the_rows_are_highlighted() -> None:
    shown = render_markdown_lines("|a|\n|-|\n|b|\n|c|", 1, (3, 3))
    assert '<tr class="tk-cited" data-line="3"><td>b</td></tr>' in shown
    assert shown.count("tk-cited") == 1


@pytest.mark.parametrize("first", range(1, 27))
@pytest.mark.parametrize("count", [1, 2, 5, 26])
def test_exactly_the_cited_lines_are_highlighted(first: int, count: int) -> None:
    page = read_html(render_markdown_lines(NOTE, 1, (first, first + count - 1)))
    wanted = SHOWN & set(range(first, first + count))
    assert lines_of(page, "tk-cited") == sorted(wanted)
    assert lines_of(page, "tk-line") == sorted(SHOWN - wanted)


def test_lines_count_from_where_the_section_begins() -> None:
    page = read_html(render_markdown_lines(NOTE, 101, (102, 103)))
    assert lines_of(page, "tk-cited") == [102, 103]
    assert lines_of(page, "tk-line") == sorted(n + 100 for n in SHOWN - {2, 3})


def test_front_matter_is_shown_as_it_stands_and_the_lines_below_keep_their_numbers() -> None:
    assert render_markdown_lines("---\ntitle: 題\n---\n# 本文", 1, (2, 2)) == (
        f'<pre class="tk-front"><code>{line(1, "---")}\n{cited(2, "title: 題")}\n'
        f'{line(3, "---")}</code></pre><h4 class="tk-h1">{line(4, "本文")}</h4>'
    )


def test_only_the_first_lines_of_a_note_are_front_matter() -> None:
    assert "tk-front" not in render_markdown_lines("---\ntitle: 題\n---", 2, None)


@pytest.mark.parametrize("name", HOSTILE_NOTES)
def test_a_hostile_note_is_nothing_but_text(name: str) -> None:
    text = HOSTILE_NOTES[name]
    for start, note in ((1, text), (7, text), (1, f"- {text}"), (1, f"> {text}"), (1, f"# {text}")):
        page = read_html(render_markdown_lines(note, start, (start, start)))
        assert not page.find("button")
        assert not any("ask" in element.classes for element in page.elements)


@pytest.mark.parametrize("name", ["script-in-line", "image-error", "svg", "closing", "hooks"])
def test_html_of_a_note_is_shown_as_text(name: str) -> None:
    assert (
        HOSTILE_NOTES[name] in read_html(render_markdown_lines(HOSTILE_NOTES[name], 1, None)).text
    )


SIGNS = [*"#*_~`[]()<>!|-+=\\&;:.1ab  \n\n\n\t\"'", "あ", "**", "```\n", "|-|\n", "\u202e", "<br>"]
MARKDOWN = st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)


@given(MARKDOWN, st.integers(1, 9), st.integers(1, 12), st.integers(0, 5))
def test_any_note_is_well_formed_and_highlights_only_what_is_cited(
    text: str, start: int, first: int, more: int
) -> None:
    page = read_html(render_markdown_lines(text, start, (first, first + more)))
    count = text.count("\n") + 1
    for kind, is_wanted in (("tk-cited", True), ("tk-line", False)):
        numbers = lines_of(page, kind)
        assert all(start <= number < start + count for number in numbers)
        assert all((first <= number <= first + more) is is_wanted for number in numbers)


@given(MARKDOWN)
def test_every_line_is_shown_at_most_once(text: str) -> None:
    page = read_html(render_markdown_lines(text, 1, None))
    numbers = lines_of(page, "tk-line")
    assert len(numbers) == len(set(numbers))


@given(
    st.lists(st.text("あいうabc012 <&\"'", min_size=1).filter(str.strip), min_size=1, max_size=5)
)
def test_plain_lines_come_out_as_they_went_in(lines: list[str]) -> None:
    text = "\n".join(f"x{entry.strip()}" for entry in lines)
    page = read_html(render_markdown_lines(text, 1, None))
    assert [element.text for element in page.find(kind="tk-line")] == text.split("\n")


N = 100_000
COSTLY = {
    "brackets": "[" * N,
    "images": "![" * (N // 2),
    "stars": "*" * N,
    "letters-and-stars": "a**b*" * (N // 5),
    "backticks": "`" * N,
    "growing-backticks": "".join("`" * n + " " for n in range(440)),
    "links": "[a](" * (N // 4),
    "tags": "<a " * (N // 3),
    "comments": "<!--" * (N // 4),
    "quotes": ">" * N,
    "quoted-lines": "> a\n" * (N // 4),
    "lists": "- " * (N // 2),
    "indented-lists": "\n".join(" " * n + "- a" for n in range(440)),
    "items": "-\n" * (N // 2),
    "lines": "a\n" * (N // 2),
    "definitions": "[a]: b\n" * (N // 7),
    "headings": "# a\n" * (N // 4),
    "fences": "```\n" * (N // 4),
    "paragraphs-of-brackets": ("[" * 10 + "\n\n") * (N // 12),
    "paragraphs-of-images": ("![" * 199 + "\n\n") * (N // 400),
    "paragraphs-of-stars": ("a**b*" * 998 + "\n\n") * (N // 5_000),
    "tables-that-fill-up": ("|" * 200 + "\n" + "|-" * 199 + "|\n" + "|\n" * 300 + "\n") * 70,
    "wide-table": "|" * 30_000 + "\n" + "|-" * 29_999 + "|\n|\n|",
    "anchors": "---\n" + "a: &a [*a]\n" * (N // 11) + "---\n",
}


@pytest.mark.parametrize("name", COSTLY)
def test_a_hundred_thousand_signs_are_rendered_within_two_seconds(name: str) -> None:
    with time_limit(2):
        shown = render_markdown_lines(COSTLY[name][:N], 1, (3, 4))
    assert len(shown) < 40 * N


def test_of_a_long_section_the_beginning_is_rendered() -> None:
    text = "あいう\n" * MOST_CHARACTERS
    page = read_html(render_markdown_lines(text, 1, None))
    # Four signs a line.
    assert lines_of(page, "tk-line") == list(range(1, MOST_CHARACTERS // 4 + 1))


def test_of_a_long_section_the_cited_lines_are_rendered() -> None:
    text = "あいう\n" * MOST_CHARACTERS
    page = read_html(render_markdown_lines(text, 11, (90_000, 90_001)))
    assert lines_of(page, "tk-cited") == [90_000, 90_001]
    # Twenty lines before them are shown, and no more signs than of any other section.
    assert lines_of(page, "tk-line")[0] == 89_980
    assert len(page.text) <= MOST_CHARACTERS


def test_a_long_line_is_cut() -> None:
    page = read_html(render_markdown_lines("あ" * (MOST_CHARACTERS + 1), 1, (1, 1)))
    assert page.text == "あ" * MOST_CHARACTERS
