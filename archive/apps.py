from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = _("Archive")


class DeskConfig(AdminConfig):
    """Django's admin with our start page."""

    default_site = "archive.desk.Desk"
