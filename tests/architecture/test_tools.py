"""The tools that judge the code, run as everybody runs them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        "ruff check --no-cache",
        "ruff format --check --no-cache",
        "mypy",
        "lint-imports --no-cache",
    ],
)
def test_the_code_satisfies(command: str) -> None:
    program, *arguments = command.split()
    answer = subprocess.run(
        [BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_templates_are_formatted() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    answer = subprocess.run(
        [BIN / "djade", "--check", "--target-version", "5.2", *templates],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert templates
    assert answer.returncode == 0, answer.stdout + answer.stderr
