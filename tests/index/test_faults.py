"""Whenever a writer is killed or refused, the index stays whole: the old one or the new one."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("needs Linux and a C compiler to make system calls fail")
    library = tmp_path_factory.mktemp("shim") / "fault_shim.so"
    source = Path(__file__).with_name("fault_shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def run_driver(shim: Path, work: Path, scenario: str, error: int, stride: int) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.index.fault_driver", work, scenario, str(error), str(stride)],
        cwd=ROOT,
        env={
            **os.environ,
            "LD_PRELOAD": str(shim),
            # The driver forks: libraries must not have started threads before.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["problems"] == [], done.stderr
    return result


# 0: the writer is killed
@pytest.mark.parametrize("error", [0, errno.ENOSPC])
def test_a_sample_of_faults_leaves_the_index_whole(shim, tmp_path, error):
    result = run_driver(shim, tmp_path, "update", error, stride=29)
    # Four files of records, two of vectors, two BM25 indexes, manifest and CURRENT are written,
    # synced and renamed at the least.
    assert result["faults"] > 30


@pytest.mark.exhaustive
@pytest.mark.parametrize("scenario", ["update", "first"])
@pytest.mark.parametrize("error", [0, errno.ENOSPC, errno.EROFS, errno.EIO])
def test_every_fault_leaves_the_index_whole(shim, tmp_path, scenario, error):
    run_driver(shim, tmp_path, scenario, error, stride=1)
