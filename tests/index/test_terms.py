from index.load import load_generation
from index.terms import PassageTerms, analyze_passages, read_terms


class FakeRecordingAnalyzer:
    """Implements `Analyzer` by cutting at spaces; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def analyze(self, text: str) -> list[str]:
        self.asked.append(text)
        return text.split(" ")


def test_known_texts_are_not_cut_again() -> None:
    words, bigrams = FakeRecordingAnalyzer(), FakeRecordingAnalyzer()
    known = {"a b": PassageTerms("old:p0", ("known",), ("ab",))}
    told = []
    terms = analyze_passages(
        {"new:p0": "a b", "new:p1": "c d"}, known, words, bigrams, lambda *step: told.append(step)
    )
    assert terms == [
        PassageTerms("new:p0", ("known",), ("ab",)),
        PassageTerms("new:p1", ("c", "d"), ("c", "d")),
    ]
    assert words.asked == bigrams.asked == ["c d"]
    assert told == [(1, 2), (2, 2)]


def test_terms_are_found_again_by_the_text_that_is_indexed(refresh, index) -> None:
    refresh()
    with load_generation(index) as generation:
        terms = read_terms(generation)
    assert sorted(terms) == [
        "VPC > ACL\n番号の順に調べる。",
        "VPC > ルートテーブル\n宛先を選ぶ。",
        "名前解決 > 加重ルーティング\n割合で振り分ける。",
    ]
    assert terms["VPC > ACL\n番号の順に調べる。"].words == ("vpc", "acl", "番号の順に調べる")
