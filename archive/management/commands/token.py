"""``manage.py token USERNAME``: a personal API token for scripts."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.models import ApiToken


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _("Print a new personal API token. It is shown once and kept nowhere.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--label", default="manage.py token")

    def handle(self, *args: Any, username: str, label: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username__iexact=username, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no active account “%(name)s”.") % {"name": username})
        self.stdout.write(ApiToken.objects.issue(user=user, label=label[:100]))
