"""Static files under hashed names, compressed, and ES-module imports with them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites ``import`` lines too; each needs its closing semicolon to be seen."""

    support_js_module_import_aggregation = True
