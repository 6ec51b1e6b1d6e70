"""What a clause denies."""

import pytest

from assistant.checking.denials import DenialReader


@pytest.fixture(scope="module")
def reader(analyze):
    return DenialReader(analyze)


def read(reader: DenialReader, clause: str, subject: str = "") -> list[set[str]]:
    return [set(denial.words) for denial in reader.read(clause, subject)]


@pytest.mark.parametrize(
    ("clause", "denied"),
    [
        ("倉庫の鍵は複製できない", [{"複製"}]),
        ("倉庫の鍵は複製できません", [{"複製"}]),
        ("鍵の複製は不可", [{"複製"}]),
        ("複製の許可は不要", [{"許可"}]),
        ("sni に対応していない", [{"sni"}]),
        ("sni は使えない", [{"sni"}]),
        ("踏み台も合鍵も不要", [{"踏み台", "合鍵"}]),
        ("棚 複製: ×", [{"棚", "複製"}]),
        ("非公開の台帳", [{"公開"}]),
        ("台帳は未公開", [{"公開"}]),
        ("it cannot resize", [{"resize"}]),
        ("it never sleeps", [{"sleep"}]),
        ("複製しないとは限らない", [{"複製"}]),
        # no negations
        ("鍵は複製できる", []),
        ("鍵を複製しなければならない", []),
        ("複製が少ない", []),
        ("鍵だけでなく錠も複製する", []),
        ("複製かもしれない", []),
        ("必ず複製する", []),
        ("鍵しか複製できない", []),
        ("not only keys", []),
    ],
)
def test_words(reader, clause, denied):
    assert read(reader, clause) == denied


def test_a_negation_alone_denies_the_subject(reader):
    assert read(reader, "できない", "複製") == [{"複製"}]
    assert read(reader, "できない") == [set()]


@pytest.mark.parametrize(
    ("clause", "is_condition", "is_contrast", "is_final", "is_joined", "is_noun"),
    [
        ("鍵を複製しないと", True, False, True, False, False),
        ("鍵を複製しなくても", True, False, True, True, False),
        ("合鍵ではない", False, True, True, False, False),
        ("複製できない鍵を渡す", False, False, False, False, False),
        ("合鍵を使わずに渡す", False, False, False, True, False),
        ("合鍵不要", False, False, True, False, True),
        ("合鍵が使えないため", False, False, True, False, False),
        ("合鍵が使えない場合", True, False, False, False, False),
    ],
)
def test_kinds(reader, clause, is_condition, is_contrast, is_final, is_joined, is_noun):
    (denial,) = reader.read(clause, "")
    assert denial.is_condition is is_condition
    assert denial.is_contrast is is_contrast
    assert denial.is_final is is_final
    assert denial.is_joined is is_joined
    assert denial.is_noun is is_noun


def test_plain_words_are_in_order_and_say_more_than_can(reader):
    assert reader.find_plain("s3 の鍵を複製する必要がある") == ["s3", "鍵", "複製"]
