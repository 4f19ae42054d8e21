"""Static files under hashed names, compressed, and ES-module imports with them."""

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Extensions of htmx that we do not load; they import it by a name no file has.
_LEFT_ALONE = "django_htmx/ext/"


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites ``import`` lines too; each needs its closing semicolon to be seen.

    ``compresses`` is to be unset where compressing would take longer than all it can save.
    """

    support_js_module_import_aggregation = True
    compresses = True

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        paths = {path: found for path, found in paths.items() if not path.startswith(_LEFT_ALONE)}
        yield from super().post_process(paths, **options)

    def compress_files(self, paths: set[str]) -> Iterator[tuple[str, str]]:
        return super().compress_files(paths) if self.compresses else iter(())
