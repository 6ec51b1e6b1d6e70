"""Imports point one way, modules stay small, and nothing works at import."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ingest", "index", "assistant", "eval")
ALLOWED = {
    "ingest": {"ingest"},
    "index": {"ingest", "index"},
    "assistant": {"ingest", "index", "assistant"},
    "eval": {"ingest", "index", "assistant", "eval"},
}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported_modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
    return found


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_are_modules_to_check() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(PACKAGES)


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = {name.split(".")[0] for name in imported_modules(path)} & set(PACKAGES)
    assert ours <= ALLOWED[package]


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_eval_is_never_imported_by_its_bare_name(path: Path) -> None:
    assert "eval" not in imported_modules(path)


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_nothing_imports_the_apps(path: Path) -> None:
    if path.is_relative_to(ROOT / "assistant" / "apps"):
        return
    assert not any(name.startswith("assistant.apps") for name in imported_modules(path))


def test_record_types_stand_on_the_ground() -> None:
    for package in ("ingest", "index"):
        names = imported_modules(ROOT / package / "datatypes.py")
        assert not {name for name in names if name.split(".")[0] in PACKAGES}


def test_only_the_wiring_picks_concrete_classes() -> None:
    concrete = {"index.embedders.bundled", "index.embedders.sentence_transformer", "index.hybrid"}
    for path in (ROOT / "assistant").rglob("*.py"):
        if path.name != "wiring.py":
            assert not imported_modules(path) & concrete, path


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_modules_stay_below_300_lines(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_pickle_is_not_used(path: Path) -> None:
    assert not imported_modules(path) & {"pickle", "dill", "cloudpickle", "joblib", "shelve"}
