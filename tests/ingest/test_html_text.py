import pytest

from ingest.html_text import render_html


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("<p>a<p>b", [("a", 1), ("b", 1)]),
        ("a < b\n<x y='1 > 0'>c", [("a < b", 1), ("c", 2)]),
        ("<div\nclass=x>a\n\nb", [("a", 2), ("b", 4)]),
        ("<script>\nx</SCRIPT>a<style>y", [("a", 2)]),
        ("<!-- \n -->a<!-- b", [("a", 2)]),
        ("<img alt='図&amp;' src=x><rt>よみ</rt>", [("図&(よみ)", 1)]),
        ("<tr>\n<th>甲</th>\n<td>乙</td>\n</tr>\n丙", [("甲 / 乙", 2), ("丙", 5)]),
        ("<?php a ?>b<!DOCTYPE html>c</", [("bc</", 1)]),
        ("&lt;b&gt;", [("<b>", 1)]),
        ("甲&#10;乙\n丙&NewLine;丁", [("甲 乙", 1), ("丙 丁", 2)]),
        ("<img alt='図の\n説明&#10;文'>後\n次", [("図の 説明 文後", 1), ("次", 3)]),
        ("<a title='1 < 2'>甲", [("甲", 1)]),
    ],
)
def test_html_text_and_its_lines(source, lines):
    assert render_html(source, 1) == lines
