"""What the documents say about the code is so."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
SOURCES = [
    path
    for folder in ("archive", "articles", "annotations")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
# They hand the environment on to a program they start, or say which settings Django takes.
_HAND_ON = {
    "manage.py",
    "archive/wsgi.py",
    "archive/demo.py",
    "articles/importing/apart.py",
    "archive/management/commands/postgres.py",
}


def variables_read() -> set[str]:
    tree = ast.parse((ROOT / "archive" / "settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id.startswith("env_")
    }


def test_every_setting_is_a_row_of_the_readme_and_every_row_a_setting() -> None:
    readme = (ROOT / "README.md").read_text()
    section = re.search(r"^## Settings\n(.*?)^## ", readme, re.MULTILINE | re.DOTALL)[1]
    rows = re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)
    assert len(rows) == len(set(rows))
    assert set(rows) == variables_read()


def test_only_the_settings_read_the_environment() -> None:
    reading = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"\b(environ|getenv)\b", path.read_text())
    }
    assert reading <= {"archive/env.py", *_HAND_ON}
    using_the_readers = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(
            r"^from archive\.env import|\benv_(str|bool|int|list)\(", path.read_text(), re.M
        )
    }
    assert using_the_readers == {"archive/env.py", "archive/settings.py"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_named_in_a_document_exists(document: Path) -> None:
    text = document.read_text()
    quoted = re.findall(r"`([\w.*{},/-]+)`", text)
    linked = [
        target
        for target in re.findall(r"\]\(([^)#\s]+)", text)
        if not target.startswith(("http:", "https:", "mailto:"))
    ]
    top = {path.name for path in ROOT.iterdir() if path.name not in {"var", ".git", ".venv"}}
    named = {name for name in quoted if "/" in name and name.split("/")[0] in top}
    missing = {name for name in named if not list(ROOT.glob(name.rstrip("/")))}
    missing |= {name for name in linked if not (document.parent / name).exists()}
    assert not missing
