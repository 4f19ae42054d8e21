"""What every address of the archive answers, and to whom. A new address is one line in TABLE.

    "articles:history": article(),               # who may read the article, else 404, 410
    "annotations:edit": note(who=OWN, nobody=302),   # who: by subject; then what a visitor gets
    "search": page(f"?q={WORD}"),                # asked for what every secret says
    "POST annotations:preview": page(who=PEOPLE, nobody=302, sends={"body": "x"}),

The admin has its own table (``tests/admin_addresses.py``). The parameters of an address are
filled in by ``Scene.parameters`` (``tests/scene.py``); ``tests/walking.py`` makes the requests.
"""

from tests.audiences import (
    ARTICLES,
    DESK,
    EVERYBODY,
    NONE,
    NOTES,
    PEOPLE,
    READER,
    SECRETS,
    WORD,
    marker,
    slug_of_tag,
)
from tests.rows import Row, article, named, note, page, signed_in

# What a note's writer alone may do, wherever the writer may read it.
OWN = {kind: who & READER for kind, who in NOTES.items()}
# Who may answer a note: nobody where it is hidden.
ANSWERED = {kind: who & PEOPLE for kind, who in NOTES.items()} | {"hidden": NONE}
# Whose words may be chosen anew: the writer's own, and for editors those they may read.
PLACED = {kind: who & (READER | DESK) for kind, who in NOTES.items()}
EDITED = dict.fromkeys(ARTICLES, DESK)
NOTE = {"body": "x", "whole": "1", "audience": "private"}
# Who sees what bears a tag, and so the tag; an unused one is nobody's.
TAGS = {"trust": EVERYBODY} | {
    slug_of_tag(kind): NONE if kind in ("earlier", "deleted") else who
    for kind, who in SECRETS.items()
    if kind in (*NOTES, "draft", "only_me", "earlier", "deleted")
}
WRITERS = {"ada-trustworthy": EVERYBODY, f"{marker('draft')}-person": DESK}

TABLE: dict[str, Row] = {
    "home": page(),
    "search": page("", f"?q={WORD}", "?q=trust", f"?q={WORD}&in=annotations&sort=date&tag=trust"),
    "preferences": page(found=405),
    "POST preferences": page(found=302, sends={"theme": "dark"}),
    "healthz": page(),
    "readyz": page(),
    "articles:list": page("", "?tag=trust&notes=with", "?all=tag", "?all=author"),
    "articles:read": article("", "?q=trust&hit=1"),
    "articles:text": article(),
    "articles:origin": article("", "?before=2"),
    "articles:history": article(),
    "articles:comparison": article(),
    "articles:revision": article(),
    "articles:restore": article(who=EDITED, nobody=302, withdrawn=404),
    "articles:passage": article(),
    "articles:merged_revision": article(),
    "articles:merged_passage": article(),
    "articles:passage_address": article("?revision=1&start=0&end=5"),
    "notes:notes": article(found=302),
    "POST notes:notes": article(who=signed_in(ARTICLES), nobody=401, found=302, sends=NOTE),
    "POST notes:words": article(sends={"quote": "trust"}),
    "notes:new": article("", "?whole=1", who=signed_in(ARTICLES), nobody=302),
    "annotations:mine": page("", "?q=wanted&all=tag", "?tag=trust", who=PEOPLE, nobody=302),
    "annotations:recent": page("", f"?q={WORD}", "?all=tag"),
    "annotations:preview": page(found=405),
    "POST annotations:preview": page(who=PEOPLE, nobody=302, sends={"body": "x"}),
    "annotations:tags": page("?q=seek", "?q=t"),
    "annotations:review": page(who=DESK, nobody=302),
    "annotations:annotation": note(),
    "annotations:history": note(),
    "annotations:reply": note(who=ANSWERED, nobody=302),
    "POST annotations:reply": note(who=ANSWERED, nobody=401, found=302, sends={"body": "x"}),
    "annotations:edit": note(who=OWN, nobody=302),
    "annotations:delete": note(who=OWN, nobody=302),
    "POST annotations:delete": note(who=OWN, nobody=401, found=302, sends={}),
    "annotations:restore": note(found=405, refused=405),
    "annotations:words": note(who=PLACED, nobody=302),
    "tags": page(),
    "tag": named(TAGS),
    "people": page(),
    "person": named(WRITERS),
    "publishers": page(),
    "publisher": named({"the-ledger": EVERYBODY}),
    # Accounts
    "account": page(who=PEOPLE, nobody=302),
    "POST account": page(who=PEOPLE, nobody=302, found=302, sends={"display_name": "Rita"}),
    "new_token": page(who=PEOPLE, nobody=302, found=302),
    "POST new_token": page(who=PEOPLE, nobody=302, found=302, sends={"label": "x"}),
    "revoke_token": page(who=PEOPLE, nobody=302, found=302),
    "POST revoke_token": page(who=READER, nobody=302, found=302, sends={}),
    "close_account": page(who=PEOPLE, nobody=302),
    "POST close_account": page(who=PEOPLE, nobody=302, found=422, sends={}),
    "account_login": page(who=frozenset({"nobody"}), refused=302),
    "account_logout": page(who=PEOPLE, nobody=302),
    "account_inactive": page(),
    "account_signup": page(who=frozenset({"nobody"}), refused=302),
    "account_reauthenticate": page(who=PEOPLE, nobody=302),
    "account_email": page(who=PEOPLE, nobody=302),
    "account_email_verification_sent": page(),
    "account_change_password": page(who=PEOPLE, nobody=302),
    "account_set_password": page(found=302),
    "account_reset_password": page(),
    "account_confirm_login_code": page(found=302),
    "account_confirm_email": page(),
    "account_reset_password_from_key": page(),
    "account_reset_password_from_key_done": page(),
    "account_reset_password_done": page(),
}
