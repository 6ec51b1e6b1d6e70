"""Which notes a scope covers."""

import pytest

from assistant.serving.datatypes import Scope


@pytest.mark.parametrize(
    ("scope", "path", "tags", "covered"),
    [
        (Scope(), "a.md", (), True),
        (Scope(), "x/y/a.md", ("t",), True),
        (Scope(folders=("x",)), "x/a.md", (), True),
        (Scope(folders=("x",)), "x/y/a.md", (), True),
        (Scope(folders=("x",)), "xy/a.md", (), False),
        (Scope(folders=("x",)), "x.md", (), False),
        (Scope(folders=("x",)), "y/x/a.md", (), False),
        (Scope(folders=("x/y",)), "x/y/a.md", (), True),
        (Scope(folders=("x/y",)), "x/a.md", (), False),
        (Scope(folders=("ネットワーク", "計算")), "計算/ec2.md", (), True),
        (Scope(tags=("t",)), "x/a.md", ("s", "t"), True),
        (Scope(tags=("t",)), "x/a.md", ("T",), False),
        (Scope(tags=("t",)), "t/a.md", (), False),
        (Scope(folders=("x",), tags=("t",)), "x/a.md", (), True),
        (Scope(folders=("x",), tags=("t",)), "a.md", ("t",), True),
        (Scope(folders=("x",), tags=("t",)), "y/a.md", ("s",), False),
    ],
)
def test_a_scope_covers_its_folders_and_its_tags(scope, path, tags, covered) -> None:
    assert scope.covers(path, tags) is covered
