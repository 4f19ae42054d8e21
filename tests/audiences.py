"""Who may see what in the scene (``tests/scene.py``).

Each secret says ``WORD``, by which it would be found, and a word of its own (``marker``), which
stands nowhere else: where that shows, the secret shows.
"""

from typing import Any

# reader writes the notes, member shares a group with them, second shares nothing.
READERS = ("reader", "second", "member")
DESK = frozenset({"editor", "administrator"})
PEOPLE = frozenset({*READERS, *DESK})
EVERYBODY = PEOPLE | {"nobody"}
READER, MEMBERS, NONE = frozenset({"reader"}), frozenset({"reader", "member"}), frozenset()

ARTICLES = {"published": EVERYBODY, "draft": DESK, "withdrawn": DESK}
NOTES = {
    "public": EVERYBODY,
    "private": READER,
    "group": MEMBERS,
    "hidden": DESK | READER,
    "on_draft": DESK,
    "on_withdrawn": DESK,
}
# What may stand in an answer, and to whom.
SECRETS = {
    **{kind: who for kind, who in (ARTICLES | NOTES).items() if who != EVERYBODY},
    "only_me": frozenset({"second"}),  # a reply for oneself under a public note
    "earlier": READER,  # what a public note said while it was private
    "deleted": NONE,
    "waiting": DESK,  # an imported text nobody has decided about
    "report": DESK,
    "group_name": MEMBERS | DESK,
    "invitation": DESK,
    "email": frozenset({"reader", "administrator"}),
    "token": frozenset({"reader", "administrator"}),
}


WORD = "wanted"


def marker(kind: str) -> str:
    """What only those may see whom SECRETS names."""
    return f"zq{kind.replace('_', '')}qz"


def slug_of_tag(kind: str) -> str:
    return f"{WORD}-{marker(kind)}"


def says(kind: str) -> dict[str, Any]:
    """What a note of this kind says."""
    return {"body": f"{WORD} {marker(kind)}", "tags": ["trust", f"{WORD} {marker(kind)}"]}
