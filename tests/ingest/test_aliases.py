import hashlib
import tomllib
from pathlib import Path

import pytest

import ingest.aliases
from ingest.aliases import (
    MAX_ADDED_FORMS,
    MAX_FILE_BYTES,
    AliasGroup,
    AliasTable,
    load_listed_aliases,
    load_user_aliases,
    mine_aliases,
)
from ingest.datatypes import Section
from ingest.errors import AliasFileError
from ingest.name_finder import name_key

LIST_FILE = Path(ingest.aliases.__file__).parent / "data" / "aliases.toml"
LISTED = tomllib.loads(LIST_FILE.read_text(encoding="utf-8"))


def make_section(text: str, number: int = 1) -> Section:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Section(f"n.md#{number}", "n.md", ("見出し",), 1, str(number), 1, 1, text, digest)


def user_group(*forms: str) -> AliasGroup:
    return AliasGroup(forms, "user")


# The reviewed list


@pytest.fixture(scope="module")
def listed_table() -> AliasTable:
    return AliasTable(load_listed_aliases())


@pytest.mark.parametrize("entry", LISTED["group"], ids=lambda entry: entry["forms"][0])
def test_question_of_a_listed_group_fires_it(
    listed_table: AliasTable, entry: dict[str, object]
) -> None:
    question = str(entry["question"])
    expansion = listed_table.expand(question)
    forms = entry["forms"]
    assert isinstance(forms, list)
    assert tuple(forms) in [group.forms for group in expansion.fired]
    assert expansion.text != question


def test_list_has_its_size_and_shape() -> None:
    assert len(LISTED["group"]) >= 150
    assert all(set(entry) == {"forms", "question"} for entry in LISTED["group"])
    assert {group.source for group in load_listed_aliases()} == {"list"}


def test_only_names_declared_ambiguous_are_in_two_groups() -> None:
    seen: set[str] = set()
    shared: set[str] = set()
    for entry in LISTED["group"]:
        keys = [name_key(form) for form in entry["forms"]]
        assert len(set(keys)) == len(keys), entry["forms"]
        shared |= seen & set(keys)
        seen |= set(keys)
    assert shared == {name_key(form) for form in LISTED["ambiguous"]}


@pytest.mark.parametrize("query", ["msgを送る", "am i here", "昨日の会議", ""])
def test_query_without_names_stays_as_it_is(listed_table: AliasTable, query: str) -> None:
    expansion = listed_table.expand(query)
    assert (expansion.text, expansion.fired) == (query, ())


# Expansion


def test_missing_forms_are_added_in_order() -> None:
    table = AliasTable([user_group("VGW", "仮想ゲート", "Virtual Gateway")])
    assert table.expand("ＶＧＷと仮想ゲートは？").text == "ＶＧＷと仮想ゲートは？ Virtual Gateway"


def test_ambiguous_name_fires_every_group_it_is_in() -> None:
    groups = [user_group("EB", "豆の木"), user_group("EB", "出来事の橋")]
    expansion = AliasTable(groups).expand("EBとは")
    assert expansion.text == "EBとは 豆の木 出来事の橋"
    assert expansion.fired == tuple(groups)
    # The other names do not lead from one to the other.
    assert AliasTable(groups).expand("豆の木とは").text == "豆の木とは EB"


def test_groups_that_share_two_names_are_one() -> None:
    notes = AliasGroup(("VGW", "仮想ゲート"), "notes")
    listed = AliasGroup(("vgw", "Virtual Gateway", "仮想ゲート"), "list")
    expansion = AliasTable([notes, listed]).expand("Virtual Gatewayは？")
    assert expansion.fired == (AliasGroup(("VGW", "仮想ゲート", "Virtual Gateway"), "notes"),)
    assert expansion.text == "Virtual Gatewayは？ VGW 仮想ゲート"


def test_number_of_added_forms_is_bounded() -> None:
    table = AliasTable([user_group("親", *(f"別名{number}号" for number in range(30)))])
    assert len(table.expand("親とは").text.split(" ")) == 1 + MAX_ADDED_FORMS


def test_names_that_the_notes_do_not_have_are_not_added() -> None:
    group = user_group("DX", "専用線接続", "Direct Connect")
    table = AliasTable([group], [make_section("専用線接続の手順")])
    assert table.expand("DXの冗長化").text == "DXの冗長化 専用線接続"


def test_question_in_the_words_of_the_notes_is_left_alone() -> None:
    group = user_group("DX", "専用線接続")
    # DX stands in two sections, 専用線接続 in one.
    sections = [make_section(text) for text in ("DXの料金", "DX DX DX", "専用線接続の手順")]
    table = AliasTable([group], sections)
    assert table.expand("DXの冗長化").text == "DXの冗長化"
    assert table.expand("DXの冗長化").fired == (group,)
    assert table.expand("専用線接続の冗長化").text == "専用線接続の冗長化 DX"


def test_table_without_groups_changes_nothing() -> None:
    assert AliasTable([]).expand("VGWとは").text == "VGWとは"


# Mined from notes


def test_notes_give_each_pair_once() -> None:
    sections = [
        make_section("# VIF（仮想インターフェイス）"),
        make_section("仮想インターフェース(以下VIF)を作る。料金(月額)"),
        make_section("# ENI (Elastic Network Interface)"),
    ]
    assert mine_aliases(sections) == [
        AliasGroup(("VIF", "仮想インターフェイス"), "notes"),
        AliasGroup(("ENI", "Elastic Network Interface"), "notes"),
    ]


# The user's file


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "aliases.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_user_file_is_read(tmp_path: Path) -> None:
    text = '\ufeff# mine\n[[group]]\nforms = ["社内網 ", "corp-net", "CORP NET"]\n'
    # The last two differ in case and hyphen only.
    assert load_user_aliases(write(tmp_path, text)) == [user_group("社内網", "corp-net")]


def test_empty_user_file_has_no_groups(tmp_path: Path) -> None:
    assert load_user_aliases(write(tmp_path, "# nothing yet\n")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[group]]\nforms = ["a" "b"]', r"no valid TOML: .*line 2"),
        ('[[group]]\nforms = ["a", "b"', "no valid TOML"),
        ('\n\nalias = ["a", "b"]', "line 3: unknown key `alias`"),
        ('\n[group]\nforms = ["a", "b"]', "line 2: `group` is no list of groups"),
        ("group = 1", "line 1: `group` is no list of groups"),
        ("group = [1]", "line 1: a group has one key"),
        ('[[group]]\nforms=["a","b"]\n\n[[group]]\nform = []', "line 4: a group has one key"),
        ('[[group]]\nforms = ["a", "b"]\nnote = "x"', "line 1: a group has one key"),
        ('[[group]]\nforms = "a, b"', "line 1: forms is no list of texts"),
        ('[[group]]\nforms = ["a", 1]', "line 1: forms is no list of texts"),
        ('[[group]]\nforms = ["a"]', "line 1: a group needs two names"),
        ('[[group]]\nforms = ["サーバー", "ｻｰﾊﾞ"]', "line 1: a group needs two names"),
        ("[[group]]\nforms = []", "line 1: a group needs two names"),
        ('[[group]]\nforms = ["a", " "]', "line 1: a form is a name of 1 to 80"),
        ('[[group]]\nforms = ["a", "。"]', "line 1: a form is a name of 1 to 80"),
        ('[[group]]\nforms = ["a", "' + "b" * 81 + '"]', "line 1: a form is a name of 1 to 80"),
        (b"# ok\n# \xff\n", "line 2: not UTF-8"),
        (b"#" * (MAX_FILE_BYTES + 1), "keep a file of aliases below"),
        ("a = " + "[" * 5_000 + "]" * 5_000, "no valid TOML"),
    ],
)  # fmt: skip
def test_bad_user_file_is_told_in_one_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(AliasFileError, match=message) as caught:
        load_user_aliases(write(tmp_path, text))
    assert "aliases.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_unreadable_user_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(AliasFileError, match="cannot read"):
        load_user_aliases(tmp_path / name)
