"""Inviting somebody to open an account: by mail, or with a link that is shown once."""

from urllib.parse import urlencode

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from archive.models import Invitation, User


@transaction.atomic
def invite(*, site: str, email: str = "", by: User | None = None) -> tuple[Invitation, str]:
    """A new invitation and the link to follow, which is kept nowhere; mailed when ``email``.

    ``site`` is the archive's address, such as ``https://archive.example.org``. Errors: what the
    mail server says (OSError); then nothing was made.
    """
    invitation, text = Invitation.objects.issue(email=email, by=by)
    link = f"{site.rstrip('/')}{reverse('account_signup')}?{urlencode({'invitation': text})}"
    if email:
        context = {"link": link, "site": site, "invitation": invitation}
        subject = render_to_string("account/email/invitation_subject.txt", context).strip()
        body = render_to_string("account/email/invitation_message.txt", context).strip()
        send_mail(subject, body + "\n", None, [email])
    return invitation, link
