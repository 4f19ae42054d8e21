"""One scene for all tests of a module; what a request writes is taken back after it."""

import pytest

from tests.audiences import SECRETS
from tests.scene import Scene, set_scene


@pytest.fixture(autouse=True)
def _files_of_the_test() -> None:
    """They are the scene's."""


@pytest.fixture(scope="module")
def bare_scene(kept_rows: None) -> Scene:
    """What everybody may see, and nothing else."""
    return set_scene()


@pytest.fixture(scope="module")
def scene(bare_scene: Scene) -> Scene:
    """With a secret of every kind."""
    bare_scene.add(SECRETS)
    return bare_scene
