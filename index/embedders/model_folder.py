"""The names of a model folder's files, and the digests that tell whether it is intact.

The folder has the layout of sentence-transformers, and beside it the int8 graph of our runtime.
`SHA256SUMS` lists every other file, in the form of the program `sha256sum`; it is written last, so
a folder without it is no model folder.
"""

from hashlib import file_digest
from pathlib import Path

from index.errors import ModelFolderError

DIGESTS_FILE = "SHA256SUMS"
GRAPH_FILE = "onnx/model_int8.onnx"
TENSORS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"
PROMPTS_FILE = "config_sentence_transformers.json"
LENGTH_FILE = "sentence_bert_config.json"


def write_digests(folder: Path) -> None:
    """Write `SHA256SUMS` for every file below `folder`."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / DIGESTS_FILE).write_text("".join(lines), encoding="utf-8")


def read_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 (hexadecimal) of every file by its path in the folder.

    :raises ModelFolderError: when `SHA256SUMS` is missing or not of its form.
    """
    try:
        lines = (folder / DIGESTS_FILE).read_text(encoding="utf-8").splitlines()
        pairs = [line.split("  ", 1) for line in lines]
        return {path: digest for digest, path in pairs}
    except (OSError, ValueError) as error:
        raise ModelFolderError(
            f"{folder} has no readable {DIGESTS_FILE}: remove the folder to have it made again"
        ) from error


def check_model_folder(folder: Path, *, with_tensors: bool = False) -> None:
    """Compare the files with `SHA256SUMS`.

    :param with_tensors: read `model.safetensors` too, the largest file, which only
        sentence-transformers uses; without this it only has to be there.
    :raises ModelFolderError: when a file is missing or altered.
    """
    digests = read_digests(folder)
    needed = (GRAPH_FILE, TOKENIZER_FILE, TENSORS_FILE, PROMPTS_FILE, LENGTH_FILE)
    for name in {**dict.fromkeys(needed, ""), **digests}:
        path = folder / name
        is_read = with_tensors or name != TENSORS_FILE
        if not path.is_file() or (is_read and _digest(path) != digests.get(name)):
            raise ModelFolderError(
                f"the file {name} of the model folder {folder} is missing or damaged: remove the "
                "folder to have it made again"
            )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
