"""Checks a question set against the notes: what would make its figures wrong or unfair."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.answer_metrics import holds_fact, squeeze
from eval.datatypes import LabelledQuestion, Split
from eval.near_copies import find_near_copies
from eval.splits import find_leaks
from ingest.datatypes import Note, Section
from ingest.plaintext import is_empty_section

SLICES = frozenset(
    """
    own-words scenario alias keywords english typo negation table code multi-section follow-up
    multiple-choice sibling unanswerable
    """.split()
)

# Words that stand in any text about anything: sharing them with a section gives nothing away.
# By dictionary form, as the word analyser gives them.
_GENERAL_WORDS = frozenset(
    """
    使う 必要 可能 以上 以下 以外 方法 取る 持つ 入る 入れる 出る 出す 付く 付ける 考える 分かる
    大きい 小さい 多い 少ない 高い 低い 新しい 中 内 外 上 下 前 後 間 的 化 性 用 毎 数 目 つ
    人 年 月 日 分 秒 度 回 個 台 件 一 二 三 四 五
    他 自分 自身 全て 全部 一部 同じ 別 者 系 製 値 書 aws
    """.split()
)

# Trigram Jaccard similarity from which two questions count as the same.
SAME_QUESTION = 0.6


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one question, or with the set ("" as id)."""

    query_id: str
    text: str


def check_questions(
    questions: Sequence[LabelledQuestion],
    sections: Mapping[str, Section],
    notes: Mapping[str, Note],
    analyze: Callable[[str], list[str]],
) -> list[Problem]:
    """Return what is wrong with the set, in its order.

    :param sections: by id; notes: by path.
    :param analyze: gives the content words of a text.
    """
    problems = [
        Problem(labelled.query_id, text)
        for labelled in questions
        for text in (
            *_check_tags(labelled),
            *_check_gold(labelled, sections, notes),
            *_check_choices(labelled),
            *_check_scenario(labelled, sections, analyze),
        )
    ]
    problems += [
        Problem(second, f"is nearly the same question as {first}")
        for first, second in _find_near_duplicates(questions)
    ]
    problems += [
        Problem("", f"section {section} has questions in both splits")
        for section in find_leaks(questions)
    ]
    return problems


def count_slices(questions: Sequence[LabelledQuestion]) -> dict[str, dict[Split, int]]:
    """Return how many questions each slice has in each split, `all` first."""
    counts = Counter((tag, q.split) for q in questions for tag in ("all", *q.tags))
    names = ["all", *sorted({tag for question in questions for tag in question.tags})]
    return {name: {split: counts[name, split] for split in Split} for name in names}


def _check_tags(labelled: LabelledQuestion) -> Iterator[str]:
    tags = labelled.tags
    if not tags:
        yield f"has no tags; use {sorted(SLICES)}"
    if unknown := tags - SLICES:
        yield f"tags {sorted(unknown)} are unknown; use {sorted(SLICES)}"
    if ("unanswerable" in tags) == labelled.is_answerable:
        yield "is answerable exactly if it has gold sections; give it gold or the tag unanswerable"
    if "follow-up" in tags and not labelled.question.history:
        yield "is a follow-up without history"
    if "multi-section" in tags and len({gold.section_id for gold in labelled.gold}) < 2:
        yield "is multi-section with fewer than two gold sections"
    if ("multiple-choice" in tags) != bool(labelled.question.choices):
        yield "has choices exactly if it is tagged multiple-choice"


def _check_gold(
    labelled: LabelledQuestion, sections: Mapping[str, Section], notes: Mapping[str, Note]
) -> Iterator[str]:
    if not labelled.is_answerable:
        if labelled.near and labelled.near not in sections:
            yield f"near section {labelled.near} does not exist"
        return
    lines: list[str] = []
    for gold in labelled.gold:
        section = sections.get(gold.section_id)
        if section is None:
            yield f"gold section {gold.section_id} does not exist"
            continue
        if not section.line_start <= gold.line_start <= gold.line_end <= section.line_end:
            yield (
                f"gold lines {gold.line_start}-{gold.line_end} are not within "
                f"{gold.section_id} ({section.line_start}-{section.line_end})"
            )
            continue
        if is_empty_section(section):
            yield f"gold section {gold.section_id} has no text"
        if gold.digest and gold.digest != section.digest:
            yield f"gold section {gold.section_id} changed since the question; review both"
        lines += notes[section.path].text.split("\n")[gold.line_start - 1 : gold.line_end]
    for variants in labelled.key_facts:
        if not holds_fact("\n".join(lines), variants):
            yield f"key fact {list(variants)} does not stand in the gold lines"


def _check_choices(labelled: LabelledQuestion) -> Iterator[str]:
    choices = labelled.question.choices
    if not choices:
        if labelled.correct:
            yield f"has the correct letters '{labelled.correct}' without choices"
        return
    letters = [choice.letter for choice in choices]
    texts = [squeeze(choice.text) for choice in choices]
    if len(letters) < 3 or len(set(texts)) != len(texts) or not all(texts):
        yield "needs at least three different choices, none of them empty"
    if not labelled.correct or not set(labelled.correct) < set(letters):
        yield f"correct letters '{labelled.correct}' are not some of {''.join(letters)}"


def _check_scenario(
    labelled: LabelledQuestion,
    sections: Mapping[str, Section],
    analyze: Callable[[str], list[str]],
) -> Iterator[str]:
    if "scenario" not in labelled.tags:
        return
    asked = _content_words(labelled.question.text, analyze)
    for gold in labelled.gold:
        section = sections.get(gold.section_id)
        if section is not None:
            text = "\n".join((*section.heading_path, section.text))
            if shared := asked & _content_words(text, analyze):
                yield f"is a scenario that shares {sorted(shared)} with {gold.section_id}"


def _content_words(text: str, analyze: Callable[[str], list[str]]) -> set[str]:
    words = set(analyze(text)) - _GENERAL_WORDS
    return {word for word in words if not word.replace(".", "").isdigit()}


def _find_near_duplicates(questions: Sequence[LabelledQuestion]) -> Iterator[tuple[str, str]]:
    texts = [
        " ".join((*labelled.question.history, labelled.question.text)) for labelled in questions
    ]
    for second, first, _ in find_near_copies(texts, texts, SAME_QUESTION):
        if first < second:
            yield questions[first].query_id, questions[second].query_id
