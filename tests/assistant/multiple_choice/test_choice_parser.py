import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.multiple_choice.choice_parser import (
    MAX_OPTIONS,
    MAX_PASTED_CHARACTERS,
    ParsedQuestion,
    parse_question,
)
from assistant.datatypes import Choice
from tests.time_limit import time_limit

LAYOUTS = Path(__file__).parents[2] / "fixtures" / "layouts"
EXPECTED = json.loads((LAYOUTS / "expected.json").read_text(encoding="utf-8"))
STEM = "ブロックストレージはどれですか。"


def read_choices(text: str) -> dict[str, str]:
    return {choice.letter: choice.text for choice in parse_question(text).choices}


def check_stem_alone(text: str) -> None:
    assert parse_question(text) == ParsedQuestion(text.strip())


def test_every_layout_has_its_expectation() -> None:
    assert {path.stem for path in LAYOUTS.glob("*.txt")} == EXPECTED.keys()
    assert len(EXPECTED) == 60
    assert sum(not row["choices"] for row in EXPECTED.values()) == 14


@pytest.mark.parametrize("name", EXPECTED)
def test_a_pasted_layout_is_taken_apart(name: str) -> None:
    parsed = parse_question((LAYOUTS / f"{name}.txt").read_bytes().decode("utf-8"))
    row = EXPECTED[name]
    assert parsed.stem == row["stem"]
    assert [[choice.letter, choice.text] for choice in parsed.choices] == row["choices"]
    assert parsed.key == row["key"]


@pytest.mark.parametrize(
    ("markers", "letters"),
    [
        ("A. |B. |C. ", "ABC"),
        ("A.|B.|C.", "ABC"),
        ("A) |B) |C) ", "ABC"),
        ("A: |B: |C: ", "ABC"),
        ("A - |B - |C - ", "ABC"),
        ("A、|B、|C、", "ABC"),
        ("(A) |(B) |(C) ", "ABC"),
        ("[A] |[B] |[C] ", "ABC"),
        ("【A】|【B】|【C】", "ABC"),
        ("Ａ．|Ｂ．|Ｃ．", "ABC"),
        ("（Ａ）|（Ｂ）|（Ｃ）", "ABC"),
        ("a. |b. |c. ", "ABC"),
        ("(a) |(b) |(c) ", "ABC"),
        ("Ⓐ |Ⓑ |Ⓒ ", "ABC"),
        ("1. |2. |3. ", "123"),
        ("１）|２）|３）", "123"),
        ("(1) |(2) |(3) ", "123"),
        ("①|②|③", "123"),
        ("⑴ |⑵ |⑶ ", "123"),
        ("❶ |❷ |❸ ", "123"),
        ("1\ufe0f\u20e3 |2\ufe0f\u20e3 |3\ufe0f\u20e3 ", "123"),
        ("ア. |イ. |ウ. ", "アイウ"),
        ("ア．|イ．|ウ．", "アイウ"),
        ("(ア) |(イ) |(ウ) ", "アイウ"),
        ("ｱ) |ｲ) |ｳ) ", "アイウ"),
        ("ア、|イ、|ウ、", "アイウ"),
        ("ア　|イ　|ウ　", "アイウ"),
        ("イ．|ロ．|ハ．", "イロハ"),
        ("甲．|乙．|丙．", "甲乙丙"),
        ("・A |・B |・C ", "ABC"),
        ("- A. |- B. |- C. ", "ABC"),
        ("- [ ] A. |- [x] B. |- [ ] C. ", "ABC"),
        ("**A.** |**B.** |**C.** ", "ABC"),
        ("> A. |> B. |> C. ", "ABC"),
        ("選択肢A: |選択肢B: |選択肢C: ", "ABC"),
        ("選択肢 1 |選択肢 2 |選択肢 3 ", "123"),
        ("Option A - |Option B - |Option C - ", "ABC"),
        ("Choice A: |Choice B: |Choice C: ", "ABC"),
        ("A\t|B\t|C\t", "ABC"),
        ("\u200bA. |\u200bB. |\ufeffC. ", "ABC"),
    ],
)
def test_markers_at_the_beginning_of_lines(markers: str, letters: str) -> None:
    lines = [m + t for m, t in zip(markers.split("|"), ("S3", "EBS", "EFS"), strict=True)]
    assert parse_question("\n".join([STEM, *lines])) == ParsedQuestion(
        STEM, tuple(map(Choice, letters, ("S3", "EBS", "EFS")))
    )


@pytest.mark.parametrize(
    "line",
    [
        "A. S3 B. EBS C. EFS",
        "A.S3 B.EBS C.EFS",
        "A) S3 B) EBS C) EFS",
        "A: S3、B: EBS、C: EFS",
        "A: S3 / B: EBS / C: EFS",
        "A - S3 B - EBS C - EFS",
        "(A)S3(B)EBS(C)EFS",
        "a) S3, b) EBS, c) EFS",
        "Ａ．S3　Ｂ．EBS　Ｃ．EFS",
        "A. S3 B. EBS C. EFS（1つ選べ）",
        "A. S3 B. EBS C. EFS 正解: B",
        "A. S3 B. EBS C. EFS のうち、どれですか。",
        "A. S3 B. EBS C. EFS どれが安い？",
    ],
)
def test_options_on_one_line(line: str) -> None:
    expected = {"A": "S3", "B": "EBS", "C": "EFS"}
    assert read_choices(f"{STEM}{line}") == expected
    assert read_choices(f"{STEM}\n{line}\n") == expected
    assert read_choices(f"問3 {STEM} {line}") == expected


@pytest.mark.parametrize(
    "number",
    "問12 |問12. |【問12】|問題 12\n|第12問　|設問12：|Q12. |Q12\n|Question 12\n|12. |12) "
    "|(12) |No.12 |### 問題12\n|**Q12.** ".split("|"),
)
def test_the_number_of_the_question_is_no_part_of_it(number: str) -> None:
    parsed = parse_question(f"{number}{STEM}\nA. S3\nB. EBS")
    assert parsed.stem == STEM
    assert "12" in parsed.aside


@pytest.mark.parametrize(
    "stem",
    [
        "2 つの AZ に置けるのはどれか",
        "10.0.0.0/16 に入るのはどれか",
        "1:00 に動くのはどれか",
        "1. 安いこと。\n2. 速いこと。\nこの両方を満たすのはどれか",
        "Q1 の売上を置くのはどれか",
    ],
)
def test_other_figures_at_the_beginning_stay(stem: str) -> None:
    assert parse_question(f"{stem}\nA. S3\nB. EBS").stem == stem


@pytest.mark.parametrize(
    ("pasted", "key"),
    [
        ("正解: B", "B"),
        ("正解：Ｂ", "B"),
        ("【正解】B", "B"),
        ("【解答】\nB", "B"),
        ("正解は B です。", "B"),
        ("正解は「B」", "B"),
        ("答え：選択肢B", "B"),
        ("答 B", "B"),
        ("正答番号: B\n解説: C は誤り。", "B"),
        ("正解: A, C", "AC"),
        ("正解: CとA", "AC"),
        ("正解：A・B", "AB"),
        ("Answer: B", "B"),
        ("Answer: (b)", "B"),
        ("Answers: A and C", "AC"),
        ("Correct Answer: AC", "AC"),
        ("The correct answer is B.", "B"),
        ("**Answer:** B", "B"),
        ("自分の回答: A\n正解: C", "C"),
        ("Your answer: A\nCorrect answer: C", "C"),
        ("解説\nB が正しい。", ""),
        ("Explanation: it is a disk.", ""),
        ("正解: ディスク", ""),
        ("Answer: A disk in the network", ""),
        ("Answer: EC2", ""),
    ],
)
def test_an_answer_that_was_pasted_along_is_cut(pasted: str, key: str) -> None:
    options = "A. S3\nB. EBS\nC. EFS\n"
    parsed = parse_question(f"{STEM}\n{options}\n{pasted}\nA. 違う。\nB. そのとおり。")
    assert parsed.stem == STEM
    assert parsed.key == key
    assert [choice.text for choice in parsed.choices] == ["S3", "EBS", "EFS"]
    assert parsed.aside == f"{pasted}\nA. 違う。\nB. そのとおり。"


def test_a_key_before_the_question_is_cut_as_well() -> None:
    parsed = parse_question(f"正解: 2\n{STEM}\n1. S3\n2. EBS")
    assert (parsed.stem, parsed.key, parsed.aside) == (STEM, "2", "正解: 2")


@pytest.mark.parametrize("pasted", ["A and C", "A AND C", "AC", "(a), (c)", "Option A, Option C"])
def test_the_words_of_a_key_are_no_letters(pasted: str) -> None:
    options = "\n".join(f"{letter}. 案" for letter in "ABCDEFGHIJ")
    assert parse_question(f"{STEM}\n{options}\nAnswer: {pasted}").key == "AC"


def test_a_key_names_the_letters_as_the_options_do() -> None:
    text = f"{STEM}\n1. S3\n2. EBS\n10. 別の行\n正解：②"
    assert parse_question(text).key == "2"
    assert parse_question(f"{STEM}\nア．S3\nイ．EBS\n正解：イ、ウ").key == "イ"


@pytest.mark.parametrize(
    "tail",
    [
        "正解はどれですか。",
        "（2つ選べ）",
        "1 つ選択してください。",
        "(Choose two.)",
        "Which one is it?",
    ],
)
def test_a_request_behind_the_options_belongs_to_the_stem(tail: str) -> None:
    parsed = parse_question(f"NFS で使う。\nA. S3\nB. EBS\nC. EFS\n{tail}")
    assert parsed.stem == f"NFS で使う。\n{tail}"
    assert parsed.choices[-1].text == "EFS"
    parsed = parse_question(f"{STEM}\nA. S3\nB. EBS\nC. EFS {tail}")
    assert parsed.stem == f"{STEM}\n{tail}"


def test_a_line_that_only_begins_like_an_answer_is_part_of_its_option() -> None:
    text = f"{STEM}\nA. S3\nB. 集めた\n回答 1 件ごとのディスク\nC. EFS"
    assert read_choices(text) == {"A": "S3", "B": "集めた回答 1 件ごとのディスク", "C": "EFS"}


def test_a_table_gives_its_cells() -> None:
    table = "| 記号 | 内容 |\n|---|---|\n| A | S3 |\n| B | EBS |"
    assert parse_question(f"{STEM}\n\n{table}") == ParsedQuestion(
        STEM, (Choice("A", "S3"), Choice("B", "EBS")), aside="| 記号 | 内容 |\n|---|---|"
    )


def test_a_table_of_the_stem_keeps_its_head() -> None:
    stem = "表の費用が下がるものはどれか。\n| 年 | 費用 |\n|---|---|\n| 2020 | 5 |"
    assert parse_question(f"{stem}\n\nA. S3\nB. EBS").stem == stem


def test_letters_between_wide_gaps() -> None:
    expected = {"A": "S3", "B": "EBS", "C": "EFS", "D": "FSx"}
    assert read_choices(f"{STEM}\nA　S3　　B　EBS\nC　EFS　　D　FSx") == expected


def test_an_option_within_a_line_may_speak_of_several_things() -> None:
    line = "A. 全部 B. 2 つのうち速い方"
    assert read_choices(f"{STEM}\n{line}") == {"A": "全部", "B": "2 つのうち速い方"}


def test_a_katakana_stands_apart_unless_a_scanner_put_every_letter_apart() -> None:
    expected = {"ア": "S3", "イ": "EBS", "ウ": "EFS"}
    assert read_choices(f"{STEM}\nア S3 イ EBS ウ EFS") == expected
    check_stem_alone(f"{STEM} ア ク セ ス を イ ン タ ー ネ ッ ト の ウ エ ブ に")


def test_items_that_only_name_others_are_the_options() -> None:
    statements = "A. 安い\nB. 速い\nC. 遠い"
    stem = "正しい組合せはどれか。"
    parsed = parse_question(f"{stem}\n{statements}\n1. A と B\n2. B のみ\n3. すべて")
    assert parsed.stem == f"{stem}\n{statements}"
    assert [choice.text for choice in parsed.choices] == ["A と B", "B のみ", "すべて"]


def test_letters_within_the_items_are_part_of_them() -> None:
    text = "空欄 A と B の組合せはどれか。\n① A: S3 B: EBS\n② A: EFS B: S3"
    assert read_choices(text) == {"1": "A: S3 B: EBS", "2": "A: EFS B: S3"}


def test_a_mark_on_the_right_option_is_cut() -> None:
    parsed = parse_question(f"{STEM}\nA. S3\nB. EBS（正解）\nC. EFS")
    assert parsed.choices[1].text == "EBS"
    assert parsed.aside == "（正解）"


def test_an_option_may_end_with_brackets_of_its_own() -> None:
    assert read_choices(f"{STEM}\nA. S3（標準）\nB. EBS（2 台）")["B"] == "EBS（2 台）"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\u3000",
        "どれ？",
        "A",
        "A. S3",
        "どれ？\nA. S3",
        "どれ？\nB. S3\nC. EBS",
        "どれ？\nA. S3\nC. EBS",
        "どれ？\nA.\nB.\nC.",
        "A. S3\nB. EBS\nC. EFS",  # nothing is asked
        "正解: B",
        # Steps, with numbers and with letters.
        "①VPC を作る ②サブネットを作る ③ルートを付ける、この順番で合ってる？",
        "手順はこれで合っていますか?\n1. 役割を作る\n2. 方針を付ける",
        "A. 作る B. 消す C. 戻す の順でいい？",
        "1. 役割を作った\n2. 方針を付けた\n3. 拒否された\nどうすればいい?",
        "次の手順で何が足りないですか?\n1. 役割を作る\n2. 方針を付ける",
        # A Markdown list without a word of choosing.
        "S3 について整理したい。\n1. 料金\n2. 耐久性\n3. 上限",
        # Labels and names.
        "A 案と B 案のどちらが安い?",
        "A レコードと B レコードと C レコードのうち標準はどれ?",
        "高可用性(A)と耐久性(B)はどちらが先?",
        "S3 ① と EBS ② のどちらが安い?",
        "1. S3 と 2. EBS どちらが安い？",
        "サーバー A: web、サーバー B: db のどちらを先に起動する?",
        "Host A: 10.0.0.1\nHost B: 10.0.0.2\nWhich route do they need?",
        "三層: A: Web、B: AP、C: DB。B が落ちるとどうなる?",
        "三層です。\nA: Web\nB: AP\nC: DB\nB が落ちるとどうなりますか。",
        "甲、乙、丙の違いは?",
        # Figures.
        "1.0 から 2.0 への移行で 3.5 はどちら?",
        "1:30 と 2:30 のどちらに取る?",
        "ポート 1, 2, 3 のどれを開ける?",
        "b.example.com と a.example.com のどちらが先?",
        "It is 1. 5 or 2. 5, e.g. on a. m. or b. i. g. days",
    ],
)
def test_what_is_no_list_of_options_stays_a_stem(text: str) -> None:
    check_stem_alone(text)


def test_numbers_are_options_only_where_something_is_to_be_chosen() -> None:
    steps = "1. 役割を作る\n2. 方針を付ける"
    assert read_choices(f"どれを先に行いますか。\n{steps}") != {}
    assert read_choices(f"何をすべきですか。\n{steps}") != {}
    check_stem_alone(f"今日したこと。\n{steps}")
    check_stem_alone(f"{steps}\n何をすべきですか。")


def test_terms_to_explain_are_no_options_but_a_choice_among_them_is() -> None:
    terms = "A. RTO\nB. RPO\nC. MTTR"
    check_stem_alone(f"次の意味の違いを教えて。\n{terms}")
    assert read_choices(f"違いの説明として正しいものはどれか。\n{terms}").keys() == {"A", "B", "C"}


def test_ten_options_are_the_most() -> None:
    ten = "\n".join(f"{number}. 案{number}" for number in range(1, 11))
    assert len(parse_question(f"どれか。\n{ten}").choices) == MAX_OPTIONS
    check_stem_alone(f"どれか。\n{ten}\n11. 案11")


def test_of_two_questions_the_first_is_context() -> None:
    parsed = parse_question("問1 どれ？\nA. 一\nB. 二\n\n問2 どれ？\nA. 三\nB. 四")
    assert parsed.stem == "どれ？\nA. 一\nB. 二\n問2 どれ？"
    assert [choice.text for choice in parsed.choices] == ["三", "四"]


def test_a_text_that_is_too_long_is_not_taken_apart() -> None:
    text = f"{STEM}\nA. S3\nB. "
    longest = text + "x" * (MAX_PASTED_CHARACTERS - len(text))
    assert len(parse_question(longest).choices) == 2
    check_stem_alone(longest + "x")


# -- Whatever is pasted ---------------------------------------------------------------------

_PIECES = (
    "A. |B. |C. |A |B |(A) |(B) |(C)|①|②|③|ア．|イ．|ウ　|ア　|甲：|乙：|イ、|ロ、|1. |2. |3) "
    "|a) |b) |選択肢A |Option B - |- [ ] A. |・A |・B |1\ufe0f\u20e3|**A.** |A\t|（２）|> "
    "|どれですか。|（2つ選べ）|Which?|正解: B|【解説】|Answer: A, C|問3 |Show Answer|- 3 -"
    "|順でいい？|S3|EBS を使う|、|/|\r\n|\n|\n\n|\t|\u3000|\f|\x00|\ud800|\u200b|e.g. "
    "|10.0.0.0/16 "
).split("|")
_texts = st.one_of(
    st.text(), st.lists(st.sampled_from([*_PIECES, "|", "| A |"]), max_size=40).map("".join)
)
_WITHOUT_WIDTH = "\u200b\u2060\ufeff"
_MARKER_SIGNS = (
    "()（）[]［］【】〔〕.．:：)、,，。;；/／|｜*＊_＿+＋・･•●○■□◆◇▪※☐☑✓✔>＞\ufe0f\u20e3｡､"
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
)


def count_signs(text: str) -> Counter[str]:
    return Counter(s for s in text if not s.isspace() and s not in _WITHOUT_WIDTH)


@given(_texts)
def test_no_text_is_lost_and_none_is_made_up(text: str) -> None:
    parsed = parse_question(text)
    kept = count_signs(
        parsed.stem + "".join(choice.text for choice in parsed.choices) + parsed.aside
    )
    given_signs = count_signs(text)
    assert not kept - given_signs
    lost = given_signs - kept
    if not parsed.choices:
        assert not lost
    # Every option may lose its letter, a word in front of it and the tick in its box.
    letters = [sign for sign in lost.elements() if sign not in _MARKER_SIGNS]
    assert all(sign.isalnum() for sign in letters)
    assert len(letters) <= len(parsed.choices) * 9


@given(_texts)
def test_options_count_up_and_have_a_text(text: str) -> None:
    parsed = parse_question(text)
    letters = "".join(choice.letter for choice in parsed.choices)
    assert letters in ("", *(row[:n] for row in _ROWS for n in range(2, MAX_OPTIONS + 1)))
    assert all(choice.text.strip() for choice in parsed.choices)
    assert set(parsed.key) <= set(letters)
    if parsed.choices:
        assert any(sign.isalnum() for sign in parsed.stem)
    else:
        assert parsed == ParsedQuestion(text.strip())


_ROWS = (
    "ABCDEFGHIJ",
    "12345678910",
    "アイウエオカキクケコ",
    "イロハニホヘトチリヌ",
    "甲乙丙丁戊己庚辛壬癸",
)
_FORMS = ("{}. ", "{}) ", "({}) ", "{}：", "{}．", "・{} ", "選択肢{}: ", "【{}】")
_words = st.text(st.sampled_from("線路駅橋川abcxyz"), min_size=1, max_size=12)


@given(st.sampled_from(_ROWS), st.sampled_from(_FORMS), st.lists(_words, min_size=2, max_size=9))
def test_what_was_put_together_is_taken_apart(row: str, form: str, texts: list[str]) -> None:
    lines = [form.format(letter) + text for letter, text in zip(row, texts, strict=False)]
    expected = dict(zip(row, texts, strict=False))
    for gap in ("\n", "\r\n", "\n\n"):
        assert read_choices(gap.join([STEM, *lines])) == expected


@pytest.mark.parametrize(
    "piece",
    "A. x\nB. y\n~A. a B. b ~①~A. ~(A)(B)~正解: B\n~A\t~[(【~| A | b |\n~1. a\n2. b\n~\n~ "
    "~?~次の~誤り~which ~どれ~-~> ~Q1~\ud800".split("~"),
)
@pytest.mark.parametrize("length", [MAX_PASTED_CHARACTERS, 100_000])
def test_a_hostile_text_takes_no_time(piece: str, length: int) -> None:
    filler = (piece * length)[: length - 100]
    with time_limit(1.5):
        for text in (filler, f"{STEM}\nA. x\nB. y\nC. {filler}", f"{filler}\n{STEM}\nA. x\nB. y"):
            parse_question(text)
