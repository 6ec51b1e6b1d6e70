"""Turns a heading into a question that its section answers, by the form of the heading."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from assistant.answering.headings.heading_forms import HeadingForm, find_form
from assistant.answering.headings.heading_text import (
    clean_heading,
    drop_gloss,
    join_texts,
    names_topic,
)
from assistant.messages import Language
from ingest.normalize import normalize

# A suggestion is a button or a line of a terminal.
MAX_QUESTION_CHARS = 60


@dataclass(frozen=True, slots=True)
class Templates:
    """One language's ways to ask.

    questions: by form; `{heading}` stands for the heading.
    part: a noun that needs the heading above it; `{whole}` and `{part}`.
    about: a question that needs it; `{whole}` and `{question}`.
    """

    questions: dict[HeadingForm, str]
    part: str
    about: str


JAPANESE = Templates(
    questions={
        HeadingForm.QUESTION: "{heading}?",
        HeadingForm.POLITE: "{heading}か?",
        HeadingForm.CONDITION: "{heading}どうなる?",
        HeadingForm.STATEMENT: "{heading}?",
        HeadingForm.PURPOSE: "{heading}には?",
        HeadingForm.OCCASION: "{heading}ときは?",
        HeadingForm.TASK: "{heading}するには?",
        HeadingForm.CASE: "{heading}は?",
        HeadingForm.PHRASE: "{heading}は?",
        HeadingForm.NAME: "{heading}とは?",
    },
    part="{whole}の{part}",
    about="{whole}について、{question}",
)
ENGLISH = Templates(
    questions={
        form: "{heading}?" if form is HeadingForm.QUESTION else "What about {heading}?"
        for form in HeadingForm
    },
    part="the {part} of {whole}",
    about="{whole}: {question}",
)
TEMPLATES: dict[Language, Templates] = {"ja": JAPANESE, "en": ENGLISH}

_NOUNS = (HeadingForm.NAME, HeadingForm.PHRASE)

# Nobody asks for these, and of a request no question can be made.
_NO_TOPIC = re.compile(
    r"(?:はじめに|おわりに|終わりに|前書き|後書き|目次|索引|参考(?:文献|資料|リンク|url|サイト)?"
    r"|(?:関連)?リンク|関連(?:ノート|項目|記事)|(?:変更|更新)履歴|その他|補足|余談|メモ|雑記|未整理|todo|宿題"
    r"|あとで調べる|(?:table of )?contents|references?|links?|see also|changelog|history|memo|misc"
    r"|to ?do|appendix)$"
    r"|.*(?:ください|下さい|ましょう|[おこそとのほもよろごぼ]う|せよ)$"
)
# What a note calls itself, not what it is about: `EC2 まとめ`.
_KIND_OF_NOTE = re.compile(
    r"(?<=.)(?: ?の| )?(?:まとめ|メモ|ノート|備忘録?|覚え書き|控え|いろいろ|あれこれ|について)$"
)


def ask_about(heading_path: Sequence[str], templates: Templates) -> str | None:
    """Return a question of at most `MAX_QUESTION_CHARS` for the section of a heading path.

    A heading that names no topic by itself (`料金`, `有効のとき`) takes what stands above it in
    front. None where no good question can be made of the heading.
    """
    path = [_KIND_OF_NOTE.sub("", clean_heading(heading)) for heading in heading_path]
    heading = path[-1] if path else ""
    if not any(map(str.isalnum, heading)) or _NO_TOPIC.match(normalize(heading)):
        return None
    form = find_form(heading)
    if names_topic(heading):
        question = _ask(heading, form, templates)
    elif (whole := _find_whole(path[:-1], templates)) is None:
        return None
    elif form in _NOUNS:
        noun = _fill(templates.part, {"whole": whole, "part": heading})
        question = _ask(noun, HeadingForm.PHRASE, templates)
    else:
        asked = _ask(heading, form, templates)
        question = _fill(templates.about, {"whole": whole, "question": asked})
    return question if len(question) <= MAX_QUESTION_CHARS else None


def _ask(heading: str, form: HeadingForm, templates: Templates) -> str:
    if form is HeadingForm.QUESTION:
        heading = heading.rstrip("?？ ")
    elif form not in _NOUNS:
        heading = drop_gloss(heading)
    return _fill(templates.questions[form], {"heading": heading})


def _find_whole(above: Sequence[str], templates: Templates) -> str | None:
    """Return the nearest headings above that name a topic, as one noun; None without any."""
    nouns = [heading for heading in above if heading and find_form(heading) in _NOUNS]
    whole = ""
    for heading in reversed(nouns):
        part = drop_gloss(heading)
        whole = _fill(templates.part, {"whole": part, "part": whole}) if whole else part
        if names_topic(heading):
            return whole
    return None


def _fill(template: str, values: Mapping[str, str]) -> str:
    """Return a template with its fields filled in, Japanese and Latin letters set apart."""
    text = ""
    for words, field, _, _ in Formatter().parse(template):
        text = join_texts(text, words)
        text = join_texts(text, values[field]) if field else text
    return text
