"""Checks an index to the last byte, for `tenkyo doctor`."""

import math
from pathlib import Path

from index.errors import IndexingError
from index.load import load_generation
from index.manifest import find_altered


def verify_generation(index_folder: Path) -> list[str]:
    """Return what is wrong with the current generation, one line each; `[]` when all is well."""
    try:
        with load_generation(index_folder) as generation:
            altered = find_altered(generation.layout, generation.manifest, digest_limit=math.inf)
    except IndexingError as error:
        return [str(error)]
    if altered is None:
        return []
    return [f"the file {altered} is not what was written; run: tenkyo doctor --repair"]
