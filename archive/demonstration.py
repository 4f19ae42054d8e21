"""The demonstration corpus: from the texts and threads that people write to one fixture.

``fixtures/texts`` are Markdown files as anybody could import them, ``fixtures/threads`` say who
noted what on which words. They go through the archive's own doors into an empty database, and
what arises is written down as ``fixtures/demo.json``. Numbers, identifiers and times depend on
the sources alone, so that building twice gives the same file.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.text import slugify

from annotations.models import Anchor, Annotation, Audience, Group, Membership, Motivation
from annotations.selectors import as_json, describe, occurrences
from articles import models as corpus
from articles.importing import markdown, record
from articles.models import Article, Revision

# The archive opens with these texts, in this order; the newest is the first on every list.
OPENED = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)
FIRST = "a-shared-ledger"
ORDER: list[type[Model]] = [
    get_user_model(),
    corpus.Tag,
    corpus.Publisher,
    corpus.Person,
    Article,
    corpus.Authorship,
    corpus.TaggedArticle,
    corpus.Identifier,
    corpus.UrlAlias,
    corpus.FieldOrigin,
    Revision,
    Group,
    Membership,
    Annotation,
    Annotation.tags.through,
    Anchor,
]


class SourceProblem(Exception):
    """A text or thread that cannot be built, with the file and what is wrong."""


def build(folder: Path) -> str:
    """The fixture of ``folder``/texts and ``folder``/threads as JSON. Needs an empty database.

    Errors: SourceProblem naming the file and the note.
    """
    people = _people(_yaml(folder / "threads/people.yaml")["people"])
    groups = _groups(_yaml(folder / "threads/groups.yaml")["groups"], people)
    threads = {
        content["article"]: content["notes"]
        for path in sorted((folder / "threads").glob("*.yaml"))
        if "notes" in (content := _yaml(path))
    }
    told: dict[tuple[str, int], dict[str, Any]] = {}
    texts = sorted(
        (folder / "texts").glob("*.md"), key=lambda p: (p.name.startswith(FIRST), p.name)
    )
    for path in texts:
        slug, number = _slug_and_number(path)
        article = _record(path, slug)
        told[slug, number] = _front_matter(path)
        # Notes made on a revision exist before the next one is recorded, so that they are carried.
        notes = [note for note in threads.get(slug, ()) if _made_on(note, slug, texts) == number]
        _annotate(article, notes, people, groups)
    missing = set(threads) - {slug for slug, _ in told}
    if missing:
        raise SourceProblem(f"threads on texts that are not there: {', '.join(sorted(missing))}")
    return _json(_dated(_rows(), told))


def _yaml(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _front_matter(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---", 2)[1])


def _slug_and_number(path: Path) -> tuple[str, int]:
    """From "the-valve.r2.md" the slug and the revision; without a number it is the first."""
    slug, _, number = path.name.removesuffix(".md").partition(".r")
    return slug, int(number or 1)


def _made_on(note: dict[str, Any], slug: str, texts: Iterable[Path]) -> int:
    """The revision a note was made on: the one it names, else the newest."""
    numbers = [number for other, number in map(_slug_and_number, texts) if other == slug]
    return note.get("revision", max(numbers))


def _people(described: list[dict[str, str]]) -> dict[str, Any]:
    """Accounts nobody can log in to: passwords are for the demo command alone."""
    users = {}
    for person in described:
        user = get_user_model()(
            username=person["username"],
            display_name=person["name"],
            email=person["email"],
            password="!",  # noqa: S106 - Django's mark for "no password fits"
            date_joined=OPENED,
        )
        user.save()
        users[user.username] = user
    return users


def _groups(described: list[dict[str, Any]], people: dict[str, Any]) -> dict[str, Group]:
    groups = {}
    for told in described:
        slug = slugify(told["name"])
        group = Group.objects.create(
            name=told["name"], slug=slug, invitation_code=f"demo-{slug}", created_at=OPENED
        )
        for username in told["members"]:
            role = "owner" if username == told["owner"] else "member"
            Membership.objects.create(
                group=group, user=people[username], role=role, joined_at=OPENED
            )
        groups[group.name] = group
    return groups


def _record(path: Path, slug: str) -> Article:
    raw = path.read_bytes()
    recorded = record.record(
        markdown.read(raw.decode()),
        raw=raw,
        media_type="text/markdown",
        file_name=path.name,
        publish=True,
    )
    article = recorded.article
    Article.objects.filter(pk=article.pk).update(slug=slug)
    return Article.objects.get(pk=article.pk)


def _annotate(
    article: Article,
    notes: Iterable[dict[str, Any]],
    people: dict[str, Any],
    groups: dict[str, Group],
) -> None:
    """The notes and their replies, in the order of their times."""
    waiting: list[tuple[dict[str, Any], Annotation | None]] = [(note, None) for note in notes]
    while waiting:
        waiting.sort(key=lambda pair: pair[0]["at"])
        told, parent = waiting.pop(0)
        made = _note(article, told, parent, people, groups)
        waiting += [(reply, made) for reply in told.get("replies", ())]


def _note(
    article: Article,
    told: dict[str, Any],
    parent: Annotation | None,
    people: dict[str, Any],
    groups: dict[str, Group],
) -> Annotation:
    at = told["at"]
    kind, _, group_name = told.get("audience", Audience.PUBLIC).partition(":")
    usual = Motivation.REPLYING if parent else Motivation.COMMENTING
    note = Annotation(
        id=_identifier(at, told),
        article=article,
        parent=parent,
        root=parent and (parent.root or parent),
        creator=people[told["by"]],
        audience=kind,
        group=groups[group_name] if group_name else None,
        motivation=told.get("motivation", usual),
        body=told.get("body", "").strip(),
        created=at,
        recorded_at=at,
        modified=at,
    )
    if parent and kind == Audience.PUBLIC:
        note.audience, note.group = parent.audience, parent.group
    anchor = None if parent or told.get("whole") else _anchor(note, told)
    note.save(force_insert=True)
    if anchor:
        anchor.save(force_insert=True)
    note.tags.add(*told.get("tags", []))
    return note


def _anchor(note: Annotation, told: dict[str, Any]) -> Anchor:
    revision = note.article.revisions.get(superseded_at=None)
    places = occurrences(revision.text, told["quote"], at_most=1000)
    number = told.get("occurrence", 1)
    if len(places) < number or (len(places) > 1 and "occurrence" not in told):
        problem = f"{note.article.slug}: {told['quote']!r} stands {len(places)} times"
        raise SourceProblem(problem)
    span = places[number - 1]
    selectors = as_json(describe(revision.text, span))
    note.selectors, note.made_on = selectors, revision
    return Anchor(
        annotation=note,
        revision=revision,
        state=Anchor.State.UNCHANGED,
        start=span.start,
        end=span.end,
        **{key: selectors[0][key] for key in ("exact", "prefix", "suffix")},
        made_at=told["at"],
    )


def _identifier(at: datetime, told: dict[str, Any]) -> uuid.UUID:
    """A UUIDv7 of the note's time whose random bits come from its words. Source: RFC 9562, 5.7."""
    words = json.dumps(told, sort_keys=True, default=str).encode()
    noise = int.from_bytes(hashlib.sha256(words).digest()[:10])
    value = (int(at.timestamp() * 1000) << 80) | noise
    value = value & ~(0xF << 76) | (7 << 76)
    return uuid.UUID(int=value & ~(0b11 << 62) | (0b10 << 62))


def _rows() -> Iterator[Model]:
    for model in ORDER:
        yield from model._default_manager.order_by(
            "recorded_at" if model is Annotation else "pk"
        ).iterator()


def _dated(rows: Iterable[Model], told: dict[tuple[str, int], dict[str, Any]]) -> Iterator[Model]:
    """The rows with the times of the story instead of those of the build."""
    for row in rows:
        if isinstance(row, Article):
            row.created_at = row.published_at = row.changed_at = _opened(row.pk)
            row.metadata_vector = None  # the trigger writes it
        elif isinstance(row, Revision):
            front = told[row.article.slug, row.number]
            row.made_at = _revised(front) or _opened(row.article_id)
            row.reason = front.get("reason", "")
            row.capture = None
            later = told.get((row.article.slug, row.number + 1))
            row.superseded_at = _revised(later) if later else None
        elif isinstance(row, Anchor) and row.from_revision_id:
            row.made_at = _revised(told[row.revision.article.slug, row.revision.number])
        yield row


def _opened(number: int) -> datetime:
    return OPENED + timedelta(minutes=number)


def _revised(front: dict[str, Any]) -> datetime | None:
    day = front.get("revised")
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None


def _json(rows: Iterable[Model]) -> str:
    """The rows as ``loaddata`` reads them.

    People go by name, not by number: the numbers may be taken by accounts that are there already.
    """
    written: list[dict[str, Any]] = []
    for row in rows:
        named = isinstance(row, get_user_model())
        written += serializers.serialize(
            "python", [row], use_natural_foreign_keys=True, use_natural_primary_keys=named
        )
    return json.dumps(written, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n"
