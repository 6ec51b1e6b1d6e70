from index.layout import IndexLayout
from index.verify import verify_generation
from tests.damage import put_in_place


def test_a_whole_index_has_no_problem(refresh, index) -> None:
    refresh()
    assert verify_generation(index) == []


def test_no_index_is_a_problem(index) -> None:
    [problem] = verify_generation(index)
    assert "tenkyo index" in problem


def test_a_flipped_bit_is_found_and_a_rebuild_mends_it(refresh, index) -> None:
    refresh()
    path = IndexLayout(index).generation((index / "CURRENT").read_text().strip()).sentence_vectors
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    put_in_place(path, content)
    [problem] = verify_generation(index)
    assert "sentences.faiss" in problem
    assert problem.endswith("run: tenkyo doctor --repair")
    assert refresh(rebuild=True).changed
    assert verify_generation(index) == []
