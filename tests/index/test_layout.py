import re

import pytest

import index.layout
from index.layout import GenerationLayout, IndexLayout, is_generation_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("20260102T030405-0a1b2c3d", True),
        ("20260102T030405-0a1b2c3d\n", False),
        ("building-20260102T030405-0a1b2c3d", False),
        ("../../etc", False),
        ("", False),
    ],
)
def test_a_generation_name_is_a_time_and_a_number(name, expected) -> None:
    assert is_generation_name(name) is expected


def test_every_file_stands_in_the_overview(tmp_path) -> None:
    overview = set(re.findall(r"[\w.-]+", index.layout.__doc__ or ""))
    for kind, layout in (
        (IndexLayout, IndexLayout(tmp_path)),
        (GenerationLayout, GenerationLayout(tmp_path)),
    ):
        for name, member in vars(kind).items():
            if isinstance(member, property):
                assert getattr(layout, name).name in overview


def test_a_generation_being_written_or_deleted_has_no_generation_name(tmp_path) -> None:
    layout, name = IndexLayout(tmp_path), "20260102T030405-0a1b2c3d"
    assert layout.generation(name).folder == tmp_path / "generations" / name
    assert not is_generation_name(layout.unfinished(name).folder.name)
    assert not is_generation_name(layout.removed(name).name)
