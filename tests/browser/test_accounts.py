"""A newcomer's whole way: invited, writing, lending a token, leaving."""

import re

from django.test import Client
from playwright.sync_api import expect

from archive.models import Invitation
from tests.browser.hands import comment, drag_over, toolbar, write
from tests.factories import make_article

HTML = "<p>The core issue is the deficit of trust.</p>"
PASSWORD = "seven quiet herons"


def test_somebody_invited_signs_up_writes_makes_a_token_and_closes_the_account(
    open_page, settings, client: Client
):
    settings.SIGNUP = "invitation"
    make_article(slug="on-trust", html=HTML)
    _, text = Invitation.objects.issue()
    page = open_page(width=360)
    page.goto(f"/accounts/signup/?invitation={text}&next=/articles/on-trust/")
    page.get_by_label("Username").fill("newcomer")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Open an account").click()
    expect(page).to_have_url(re.compile("/articles/on-trust/$"))

    page.set_viewport_size({"width": 1280, "height": 800})
    drag_over(page, "deficit of trust")
    toolbar(page).get_by_role("button", name="Comment").click()
    write(page, "A word of mine.", audience="Everyone")

    page.get_by_role("link", name="newcomer").click()
    page.get_by_label("What the token is for").fill("at home")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    token = page.get_by_label("Token").input_value()
    header = {"Authorization": f"Bearer {token}"}
    assert client.get("/annotations/mine/", headers=header).status_code == 200

    page.get_by_role("link", name="Back to your account").click()
    page.get_by_role("link", name="Close the account").click()
    page.get_by_label("1 note stays, under the name newcomer").check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("Your account is closed.")).to_be_visible()
    page.goto("/articles/on-trust/")
    expect(comment(page, "A word of mine.")).to_contain_text("newcomer")
    assert client.get("/annotations/mine/", headers=header).status_code == 401
