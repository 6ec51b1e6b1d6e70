"""What the README says of `make` is so in every shell."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("~/notes", "/home/me/notes"),
        ("~/my notes", "/home/me/my notes"),
        ("/srv/notes~/a", "/srv/notes~/a"),
        ("notes", "notes"),
    ],
)
def test_the_home_folder_may_be_written_as_a_tilde(given: str, used: str) -> None:
    # The tests may themselves be run by make, which hands its own options down.
    inherited = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    shown = subprocess.run(
        ["make", "--dry-run", "run", f"NOTES={given}"],
        cwd=ROOT,
        env={**inherited, "HOME": "/home/me"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert shown.stdout.splitlines()[-1].endswith(f'tenkyo chat --browser --notes "{used}"')
