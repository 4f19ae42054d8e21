"""Two machines run the same code: every package that is installed is pinned."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = [
        *project["project"]["dependencies"],
        *(line for group in project["dependency-groups"].values() for line in group),
        *project["tool"]["uv"]["constraint-dependencies"],
    ]
    pins = {}
    for line in lines:
        name, exact, version = re.sub(r"\[.*?\]", "", line).partition("==")
        assert exact, f"{line} is not an exact pin"
        assert normal(name) not in pins, f"{name} is pinned twice"
        pins[normal(name)] = version
    return pins


def resolved() -> dict[str, str]:
    """What uv resolved, for every platform; without its file, what is installed here."""
    lock = ROOT / "uv.lock"
    if lock.exists():
        return {
            normal(package["name"]): package["version"]
            for package in tomllib.loads(lock.read_text())["package"]
            if "virtual" not in package["source"]
        }
    return {normal(found.name): found.version for found in metadata.distributions()}


def test_every_resolved_package_is_pinned_to_the_version_it_has() -> None:
    pins = pinned()
    found = resolved()
    assert len(found) > 40
    assert {name: version for name, version in found.items() if pins.get(name) != version} == {}


def test_every_direct_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    start = lines.index("dependencies = [")
    direct = lines[start + 1 : lines.index("]", start)]
    assert [line for line in direct if "#" not in line] == []
