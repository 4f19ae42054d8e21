"""The pure JavaScript modules, tested by Node's own runner."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
NODE = shutil.which("node")
# Before Node 22 a .js file without a package.json is not taken for a module.
MODULES = (
    ["--experimental-default-type=module"]
    if NODE and subprocess.check_output([NODE, "--version"], text=True) < "v22"
    else []
)


@pytest.mark.parametrize("file", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_every_script_test_passes(file):
    if NODE is None:
        if os.environ.get("CI"):
            pytest.fail("Node is not installed, and in CI nothing may be skipped")
        pytest.skip("Node is not installed")
    run = subprocess.run(
        [NODE, *MODULES, "--test", file],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
