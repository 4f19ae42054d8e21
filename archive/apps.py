from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from articles.signals import revision_foreseen


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        # Models are only importable once every app is loaded.
        from archive.foreseeing import on_revision_foreseen  # noqa: PLC0415
        from archive.roles import give_administrators_everything  # noqa: PLC0415

        revision_foreseen.connect(on_revision_foreseen, dispatch_uid="tell_consequences")
        post_migrate.connect(give_administrators_everything)


class DeskConfig(AdminConfig):
    """Django's admin with our start page."""

    default_site = "archive.desk.Desk"
