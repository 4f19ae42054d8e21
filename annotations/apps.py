from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from articles.signals import revision_recorded


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = _("Annotations")

    def ready(self) -> None:
        # Models are only importable once every app is loaded.
        from annotations.importing.batch import FORMAT, HANDLER  # noqa: PLC0415
        from annotations.reanchoring import on_revision_recorded  # noqa: PLC0415
        from articles.importing.handlers import register  # noqa: PLC0415

        revision_recorded.connect(on_revision_recorded, dispatch_uid="carry_notes_over")
        register(FORMAT, HANDLER)
