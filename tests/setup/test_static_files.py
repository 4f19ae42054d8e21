"""What is made of the static files before they are served."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage

from archive.staticfiles import HashedStaticFilesStorage


@pytest.mark.parametrize("compresses", [True, False])
def test_they_are_compressed_unless_that_was_unset(tmp_path: Path, compresses: bool) -> None:
    (tmp_path / "long.css").write_text("p { color: black }\n" * 200)
    storage: Any = HashedStaticFilesStorage(location=tmp_path, base_url="/static/")
    if not compresses:
        storage.compresses = False
    list(storage.post_process({"long.css": (FileSystemStorage(tmp_path), "long.css")}))
    made = {"".join(path.suffixes[1:]) for path in tmp_path.glob("long.*.css*")}
    assert ".css" in made
    assert (".css.gz" in made) is compresses
