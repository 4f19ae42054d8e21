"""One scene for all tests of a module; what a request writes is taken back after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import override_settings

from tests.audiences import SECRETS
from tests.scene import Scene, set_scene


@pytest.fixture(autouse=True)
def _files_of_the_test() -> None:
    """They are the scene's."""


@pytest.fixture(scope="module")
def bare_scene(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """What everybody may see, and nothing else."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        yield set_scene()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def scene(bare_scene: Scene) -> Scene:
    """With a secret of every kind."""
    bare_scene.add(SECRETS)
    return bare_scene
