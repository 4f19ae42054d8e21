"""A small archive with something of every audience in it, and who may see what.

``tests/addresses.py`` says what every address answers to whom; the tests in ``tests/access/``
walk through all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.text import slugify

from annotations import moderation, tasks, writing
from annotations.models import Annotation, Flag
from archive import redacting
from archive.models import ApiToken, Invitation
from articles import editing
from articles.importing.batches import receive
from articles.importing.document import Contributor, Document
from articles.importing.record import record
from articles.models import Article, ArticleSlug, Person
from tests.audiences import READERS, WORD, marker, says
from tests.cast import make_administrator, make_editor, make_user
from tests.factories import make_annotation, make_article, make_group, make_revision
from tests.united import merge_a_copy


@dataclass
class Scene:
    """The rows by kind, and a signed-in session for each of the people."""

    people: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    notes: dict[str, Annotation] = field(default_factory=dict)
    group: Any = None
    opened: Any = None  # the note that was private before
    known: dict[Any, dict[str, Any]] = field(default_factory=dict)  # see walking.py

    def client(self, who: str) -> Client:
        client = Client()
        if who != "nobody":
            client.cookies["sessionid"] = self.sessions[who]
        return client

    def add(self, kinds: Iterable[str]) -> None:
        self.known.clear()
        for kind in kinds:
            getattr(self, f"_add_{kind}", lambda kind=kind: self._add_note(kind))()

    def forget(self) -> None:
        """Know only what everybody sees: the rest was taken back."""
        self.known.clear()
        self.articles = {"published": self.articles["published"]}
        self.notes = {"public": self.notes["public"]}

    def _add_draft(self) -> None:
        said, writer = f"{WORD} {marker('draft')}", f"{marker('draft')} Person"
        Person.objects.create(name=writer, slug=slugify(writer))
        self.articles["draft"] = make_article(
            title=f"A draft {said}",
            html=f"<p>A {said} of trust.</p>",
            tags=("trust", said),
            people=(writer,),
            slug="kept-back",
            state=Article.State.DRAFT,
        )
        make_revision(self.articles["draft"], html=f"<p>A {said} of trust, again.</p>")
        merge_a_copy(self.articles["draft"], title=f"A copy {said}", by=self.people["editor"])

    def _add_withdrawn(self) -> None:
        said = f"{WORD} {marker('withdrawn')}"
        article = make_article(html=f"<p>Once of trust. {said}.</p>", slug="taken-back")
        self.articles["withdrawn"] = article
        make_revision(article, html=f"<p>Twice of trust. {said}.</p>")
        merge_a_copy(article, title=f"A copy {said}", by=self.people["editor"])
        editing.withdraw(article, reason="It was another's.", by=self.people["editor"])

    def _add_note(self, kind: str) -> None:
        on = self.articles[kind[3:] if kind.startswith("on_") else "published"]
        reach = {
            "private": {"audience": "private"},
            "group": {"audience": "group", "group": self.group},
        }
        note = make_annotation(
            on, by=self.people["reader"], words="trust", **says(kind), **reach.get(kind, {})
        )
        self.notes[kind] = note
        if kind == "hidden":
            moderation.hide(note, reason="It insults.", by=self.people["editor"])

    def _add_only_me(self) -> None:
        by, to = self.people["second"], self.notes["public"]
        writing.reply(to=to, by=by, only_me=True, **says("only_me"))

    def _add_earlier(self) -> None:
        by, on = self.people["reader"], self.articles["published"]
        note = make_annotation(on, by=by, audience="private", **says("earlier"))
        self.opened = note
        for version, body in enumerate(("Opened.", "Opened, and better."), 1):
            writing.edit(note, version=version, body=body, tags=[], audience="public")

    def _add_deleted(self) -> None:
        by, on = self.people["reader"], self.articles["published"]
        note = make_annotation(on, by=by, **says("deleted"))
        make_annotation(note, by=self.people["second"], body="An answer.")
        writing.delete(note)

    def _add_waiting(self) -> None:
        said = f"{WORD} {marker('waiting')}"
        file = ContentFile(f"# {said}\n\nA text, {said}.\n".encode(), name="waiting.md")
        receive([file], by=self.people["editor"])

    def _add_report(self) -> None:
        by, about = self.people["second"], self.notes["public"]
        Flag.objects.create(annotation=about, user=by, reason=marker("report"))

    def _add_group_name(self) -> None:
        type(self.group).objects.filter(pk=self.group.pk).update(name=marker("group_name"))

    def _add_invitation(self) -> None:
        code = marker("invitation")
        type(self.group).objects.filter(pk=self.group.pk).update(invitation_code=code)

    def _add_email(self) -> None:
        reader, email = self.people["reader"], f"{marker('email')}@example.org"
        type(reader).objects.filter(pk=reader.pk).update(email=email)
        EmailAddress.objects.create(user=reader, email=email, primary=True)

    def _add_token(self) -> None:
        ApiToken.objects.issue(user=self.people["reader"], label=marker("token"))


def set_scene() -> Scene:
    """Everything that everybody may see; ``Scene.add`` adds secrets to it."""
    scene = Scene()
    scene.people = {name: make_user(name) for name in READERS}
    scene.people["editor"] = make_editor()
    scene.people["administrator"] = make_administrator()
    Invitation.objects.issue(email="new@example.org", by=scene.people["editor"])
    for name, person in scene.people.items():
        client = Client()
        client.force_login(person)
        scene.sessions[name] = client.cookies["sessionid"].value
    scene.group = make_group(scene.people["reader"], scene.people["member"], name="Friends")
    article = record(
        Document(
            title="On trust",
            html="<p>Trust, but verify.</p>",
            people=(Contributor("Ada Trustworthy"),),
            publisher="The Ledger",
        ),
        raw=b"Trust, but verify.",
        media_type="text/plain",
        by=scene.people["editor"],
        publish=True,
    ).article
    make_revision(article, html="<p>Trust is good; trust grows.</p>")
    ArticleSlug.objects.create(article=article, slug="of-trust")
    article.tags.set(["trust"])
    scene.articles["published"] = article
    merge_a_copy(article, title="Trust, in a copy", by=scene.people["editor"])
    scene.add(["public"])
    tasks.forget_soon()
    judged = make_article(html="<p>One name to remove.</p>", slug="judged")
    remove = {"revisions": judged.revisions.all(), "phrases": ["name"], "whole": False}
    redacting.redact(judged, **remove, reason="By order.", by=scene.people["editor"])
    second = scene.people["second"]
    ApiToken.objects.issue(user=second, label="A script")
    EmailAddress.objects.create(user=second, email="second@example.org", primary=True)
    return scene
