import time

import pytest

from ingest.datatypes import Note
from ingest.frontmatter import MAX_CHARS, FrontMatter, find_note_warnings, read_front_matter


def test_yaml_title_and_tags():
    text = "---\ntitle: 'VPN: まとめ'\ntags: [aws, '#vpn', aws]\n---\n本文\n"
    assert read_front_matter(text) == FrontMatter(4, "VPN: まとめ", ("aws", "vpn"))


def test_toml_title_and_tags():
    text = '+++\ntitle="網"\ntags = ["a", "b"]\n+++\n'
    assert read_front_matter(text) == FrontMatter(4, "網", ("a", "b"))


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: 2024", "2024"),
        ("title: 2024-05-01", "2024-05-01"),
        ("title: [a, b]", ""),
        ("title: true", ""),
        ("title:", ""),
        ("title: 0x" + "f" * 4000, ""),
        ("title: >\n  二行の\n  題", "二行の 題"),
    ],
)
def test_titles_that_are_no_plain_string(line, title):
    front_matter = read_front_matter(f"---\n{line}\n---\n")
    assert (front_matter.title, front_matter.problem) == (title, None)


def test_tags_may_be_one_line():
    assert read_front_matter("---\ntags: a, b、c\n---\n").tags == ("a", "b", "c")


@pytest.mark.parametrize("closing", ["---", "--- ", "..."])
def test_yaml_ends_with_dashes_or_dots(closing):
    assert read_front_matter(f"---\na: 1\n{closing}\n本文").line_count == 3


def test_empty_front_matter():
    assert read_front_matter("---\n---\n") == FrontMatter(line_count=2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "本文",
        "---",
        "---\ntitle: 閉じない\n\n# 見出し\n",
        "\n---\ntitle: 二行目から\n---\n",
        " ---\ntitle: 字下げ\n---\n",
        "----\ntitle: 線\n----\n",
        "---\n区切り線の間の文章。\n---\n",
        "---\n- 項目: 値\n---\n",
    ],
)
def test_no_front_matter(text):
    assert read_front_matter(text) == FrontMatter()


def test_broken_yaml_is_told_with_its_line():
    front_matter = read_front_matter("---\na: 1\ntitle: b: c\n---\n本文")
    assert front_matter.line_count == 4
    assert "line 3" in front_matter.problem
    assert "quotes" in front_matter.problem


@pytest.mark.parametrize(
    "source",
    [
        "---\ndate: 2024-99-99\n---\n",
        "---\n? {a: 1}\n: b\nk: 1\n---\n",
        "---\nk: !!python/object/apply:os.system ['true']\n---\n",
        "---\nk: " + "[" * 5000 + "\n---\n",
        "+++\ntitle = \n+++\n",
        "---\ntitle: " + "あ" * MAX_CHARS + "\n---\n",
        # PyYAML fails on these with errors of Python's.
        "---\ntitle: !!bool maybe\n---\n",
        "---\ntitle: !!int ''\n---\n",
        "---\ntitle: !!timestamp x\n---\n",
        "---\ntitle: 1" + ":59" * 300 + ".5\n---\n",
    ],
)
def test_broken_front_matter_is_one_line_of_trouble(source):
    front_matter = read_front_matter(source + "本文")
    assert front_matter.line_count == source.count("\n")
    assert front_matter.title == ""
    assert front_matter.problem
    assert "\n" not in front_matter.problem


def test_alias_bombs_do_no_harm():
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}" for i in range(1, 12)]
    begun = time.monotonic()
    front_matter = read_front_matter("---\n" + "\n".join(lines) + "\n---\n")
    assert "aliases" in front_matter.problem
    assert time.monotonic() - begun < 1  # 9 ** 11 merges would take years


def test_trouble_becomes_a_warning_of_the_note():
    note = Note("a.md", "---\ntitle: b: c\n---\n", "", "utf-8")
    (warning,) = find_note_warnings(note)
    assert (warning.path, warning.line) == ("a.md", 1)
    assert find_note_warnings(Note("a.md", "# x", "", "utf-8")) == ()
