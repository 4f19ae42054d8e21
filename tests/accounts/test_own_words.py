"""Nothing of allauth's own pages and mails is left showing."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template

STOCK = Path(allauth.__file__).parent / "templates"
# Ways in that this archive does not offer, and pieces of pages that are ours.
UNUSED = ("code", "passkey", "phone", "base_", "snippets", "account/email.html")


def used() -> list[str]:
    names = [path.relative_to(STOCK).as_posix() for path in STOCK.glob("account/**/*.*")]
    ours = ("account/email/base_message.txt", "account/email/base_notification.txt")
    return sorted(
        name for name in names if name in ours or not any(part in name for part in UNUSED)
    )


@pytest.mark.parametrize("name", used())
def test_every_page_and_mail_of_an_account_is_in_our_words(name: str) -> None:
    found = Path(get_template(name).origin.name)
    assert found.is_relative_to(settings.BASE_DIR / "templates")


def test_the_list_is_not_empty() -> None:
    assert {"account/signup.html", "account/email/password_reset_key_message.txt"} <= set(used())
