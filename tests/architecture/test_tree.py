"""Where things lie: nothing outside discovery, nothing at a place of its own."""

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TOP_LEVEL = {
    *("manage.py", "archive", "articles", "annotations", "templates", "static", "fixtures"),
    *("tests", "benchmarks", "docs", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"),
}


def pure_modules() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return next(
        contract["source_modules"]
        for contract in contracts["contracts"]
        if contract["name"].startswith("pure modules")
    )


def test_no_test_lies_where_nobody_runs_it() -> None:
    holding_tests = [path for path in TESTS if re.search(r"^\s*def test_", path.read_text(), re.M)]
    assert len(holding_tests) > 5
    assert [path for path in holding_tests if not path.name.startswith("test_")] == []
    assert [path for path in TESTS if path.name == "__init__.py"] == []
    apps = [
        path
        for name in ("archive", "articles", "annotations")
        for path in (ROOT / name).rglob("test*.py")
    ]
    assert apps == []


def test_no_test_file_is_too_long_to_read() -> None:
    assert [path for path in TESTS if len(path.read_text().splitlines()) > 200] == []


def test_no_test_needs_an_assertion_that_cannot_fail() -> None:
    without_with = re.compile(
        r"^\s*(?:self\.)?(?:assertNumQueries|django_assert_\w+queries)\(", re.M
    )
    assert [path for path in TESTS if without_with.search(path.read_text())] == []


def test_the_top_level_is_fixed() -> None:
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().split()]
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert {name for name in found if not any(fnmatch(name, i) for i in ignored)} <= TOP_LEVEL


def test_every_module_without_django_is_held_to_be_pure() -> None:
    knows = re.compile(r"^(?:from|import) .*(?:django|taggit|\bmodels\b|procrastinate)", re.M)
    without = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for app in ("articles", "annotations")
        for path in (ROOT / app).rglob("*.py")
        if path.name != "__init__.py" and not knows.search(path.read_text())
    }
    through_others = {"articles.importing.record"}
    held = set(pure_modules())
    assert {name for name in without if name.rpartition(".")[0] not in held} - through_others == {
        name for name in held if not (ROOT / name.replace(".", "/")).is_dir()
    }


def test_the_types_of_every_pure_module_are_checked() -> None:
    files = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]
    checked = {file.removesuffix(".py").replace("/", ".") for file in files}
    assert set(pure_modules()) - checked == set()


_IMPORT_ALL = """
import importlib, sys
for module in sys.argv[1:]:
    importlib.import_module(module)
    if "django" in sys.modules:
        sys.exit(f"{module} brings Django along")
"""


def test_every_pure_module_imports_without_django() -> None:
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", _IMPORT_ALL, *pure_modules()],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
