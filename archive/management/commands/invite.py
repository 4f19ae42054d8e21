"""``manage.py invite [EMAIL]``: let somebody open an account."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from archive.inviting import invite


class Command(BaseCommand):
    @property
    def help(self) -> str:
        return _(
            "Invite somebody to open an account. With an address the link is sent there; without "
            "one it is printed, once."
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", default="")
        parser.add_argument("--site", default=_site(), help=_("address of the archive"))

    def handle(self, *args: Any, email: str, site: str, **options: Any) -> None:
        if settings.SIGNUP == "closed":
            raise CommandError(_("Sign-up is closed: SIGNUP must be “invitation” first."))
        try:
            if email:
                validate_email(email)
            invitation, link = invite(site=site, email=email)
        except (ValidationError, OSError) as problem:
            said = " ".join(getattr(problem, "messages", [str(problem)]))
            raise CommandError(said) from problem
        self.stdout.write(_("Sent to %(email)s.") % {"email": invitation.email} if email else link)


def _site() -> str:
    """The address this archive is known to answer to, as far as the settings tell."""
    scheme = "https" if settings.HTTPS else "http"
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    return f"{scheme}://{host}" if settings.DATABASE_URL else f"{scheme}://{host}:8000"
