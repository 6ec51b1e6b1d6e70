"""Makes a model folder exactly once, however many processes want it and however they end.

The folder appears by one rename, complete or not at all; a lock lets one process prepare while
others wait for it. A folder that is damaged is made again.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import portalocker

from index.embedders.model_folder import check_model_folder
from index.embedders.weights import ModelWeights
from index.errors import ModelFolderError

# Preparing takes 8 seconds on an idle machine (2 cores); whoever waits this long waits for a
# process that hangs.
LOCK_SECONDS = 600.0
# Measured: reading takes 2 of the 8 seconds.
READING_SHARE = 0.25


def prepare_model_folder(
    folder: Path,
    read: Callable[[], ModelWeights],
    on_progress: Callable[[str, float], None] | None = None,
) -> None:
    """Make `folder` a model folder, unless it is an intact one.

    :param read: returns the weights; called only when they are needed.
    :param on_progress: told the step that begins and the share of the work done, 0 to 1; not
        called when there is nothing to do.
    :raises ModelFolderError: when the folder cannot be written.
    """
    if _is_intact(folder):
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with portalocker.Lock(folder.parent / f".{folder.name}.lock", timeout=LOCK_SECONDS):
            if not _is_intact(folder):
                _replace_folder(folder, read, on_progress or _ignore_progress)
    except portalocker.LockException as error:
        raise ModelFolderError(
            f"another process has been preparing {folder} for {LOCK_SECONDS:.0f} s: end it, or "
            "choose another cache folder"
        ) from error
    except OSError as error:
        raise ModelFolderError(
            f"cannot write the model folder {folder} ({error.strerror or error}): it needs 400 MB; "
            "make room and give write permission, or choose another cache folder"
        ) from error


def _is_intact(folder: Path) -> bool:
    try:
        check_model_folder(folder)
    except (ModelFolderError, OSError):
        return False
    return True


def _replace_folder(
    folder: Path, read: Callable[[], ModelWeights], on_progress: Callable[[str, float], None]
) -> None:
    """Write a new folder beside `folder` and rename it into its place; hold the lock for this."""
    # Imported here because only preparing needs onnx and safetensors: starting stays fast.
    from index.embedders.model_writer import write_model_folder

    for left_over in folder.parent.glob(f".{folder.name}.*.partial"):
        shutil.rmtree(left_over)
    partial = Path(mkdtemp(prefix=f".{folder.name}.", suffix=".partial", dir=folder.parent))
    try:
        new = partial / "new"
        new.mkdir()
        on_progress("read the weights", 0.0)
        weights = read()

        def on_step(step: str, done: float) -> None:
            on_progress(step, READING_SHARE + (1 - READING_SHARE) * done)

        write_model_folder(weights, new, on_step)
        _flush_files(new)
        if folder.exists():
            folder.rename(partial / "damaged")
        new.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _flush_files(folder: Path) -> None:
    """Have every file on the disk before the rename makes the folder count."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())


def _ignore_progress(_step: str, _done: float) -> None:
    return
