"""The command line run in this process, on a small notes folder, with the real bundled model."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.settings import Settings, read_settings
from assistant.wiring import Engine, load_engine

NOTES = {
    "onsen.md": "# 温泉めぐり\n\n## 草津\n草津の湯は強い酸性で、pHは2.1です。\n\n"
    "## 別府\n別府では砂むし風呂に入れます。\n",
    "bicycle.md": "# 自転車の手入れ\n\n## 空気圧\nロードバイクのタイヤには7気圧の空気を入れる。\n"
    "\n## チェーン\n- 500kmごとに洗う\n- 洗ったら油を差す\n",
    "kitchen/bread.md": "# パン作り\n\n## 発酵\n一次発酵は28度で60分おく。\n\n## 焼成\n"
    "200度のオーブンで25分焼く。\n",
    "garden.md": "# 庭\n\n## トマト\nトマトの苗は5月に植える。わき芽は週に一度つむ。\n",
    "camera.md": "# カメラ\n\n## 星空\n星空は絞りを開放にし、15秒露光して撮る。\n",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line left: exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def problems(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Run = Callable[..., Outcome]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of five notes on five hobbies."""
    folder = tmp_path / "notes"
    for name, text in NOTES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where the index of these notes is kept."""
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def _user(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user who set only what the tests need, and works in an empty folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TENKYO_{name.upper()}", raising=False)
    for name in ("TENKYO_DEBUG", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("TENKYO_CACHE", str(cache_folder))
    monkeypatch.setenv("TENKYO_LANGUAGE", "en")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")  # where the settings cannot be read


@pytest.fixture(scope="session")
def engine(cache_folder: Path) -> Iterator[Engine]:
    """The real engine, loaded once: it takes more than a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TENKYO_CACHE", str(cache_folder))
        yield load_engine(read_settings({"model": "bundled"}))


@pytest.fixture
def run_cold(notes: Path, index: Path, monkeypatch, capsys) -> Run:
    """Run `tenkyo` with arguments; the folders are set as a user sets them, by variables."""
    monkeypatch.setenv("TENKYO_NOTES", str(notes))
    monkeypatch.setenv("TENKYO_INDEX", str(index))

    def run(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["tenkyo", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        code = caught.value.code
        assert isinstance(code, int)
        return Outcome(code, printed.out, printed.err)

    return run


@pytest.fixture
def run(run_cold: Run, engine: Engine, monkeypatch) -> Run:
    """As `run_cold`, with the engine of the session for the bundled model."""

    def load(settings: Settings, on_progress: Callable[[str, float], None]) -> Engine:
        return engine if settings.model == "bundled" else load_engine(settings, on_progress)

    monkeypatch.setattr("assistant.commands.options.load_engine", load)
    return run_cold
