"""An archive with one of everything, whose people write no Latin letter.

What stands on a page in Latin letters is therefore the archive's own, and has to be translated.
"""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from annotations import moderation, writing
from annotations.models import Anchor, Annotation, Audience, Motivation
from articles import editing
from articles.importing import batches
from articles.importing.document import Document, Origin, Sureness
from articles.importing.record import record
from articles.models import Article, ImportBatch, Person, Revision
from articles.passages import address_of
from articles.text import Span
from tests.cast import make_editor, make_user
from tests.factories import make_annotation, make_article, make_group, make_publisher, make_revision
from tests.united import unite

_STEADY = (
    "<p>Договорите, които издържаха, бяха скучни: писаха ги чиновници, които имаха време, "
    "и ги четоха министри, които нямаха; всяка страна знаеше какво брои другата.</p>\n"
    '<p dir="rtl" lang="ar">الثقة تُكسب ببطء وتضيع دفعة واحدة.</p>\n'
    "<table><caption>Бройки</caption><thead><tr><th>Година</th><th>Преброени предмети</th>"
    "<th>Непреброени предмети</th><th>Разлика между двете</th></tr></thead>"
    "<tbody><tr><th>2012</th><td>1 204 800</td><td>1 204 816</td><td>16</td></tr></tbody></table>\n"
    f"<pre><code>{'преброено = 0; ' * 12}</code></pre>\n"
    "<blockquote><p>Доверието е мълчание, което някой е проверил.</p></blockquote>\n"
    "<p>Накрая останаха <em>само</em> числата, и те не стигаха.</p>"
)
FIRST = f"<p>Доверието се печели бавно и се губи отведнъж.</p>\n<h2>Броене</h2>\n{_STEADY}"
SECOND = FIRST.replace("Доверието се печели бавно и се губи", "Посолството отвори врати и затвори")
MANY_TAGS = ["броене", *(f"мито {n}" for n in range(1, 9))]  # more than stand beside a list
FILE = (
    "За митата\n\nКой ги плаща и кой го казва.\n\nМитата са данъци и се плащат у дома.\n\n"
    "Втори абзац го казва отново, по-дълго.\n"
)


@dataclass
class World:
    """What the addresses of the pages are made of."""

    people: dict[str, Any]
    article: Article
    person: Person
    withdrawn: Article
    revision: Revision
    passage: str
    gone_passage: str
    note: Annotation
    reply: Annotation
    lost: Annotation
    batch: ImportBatch
    group: Any
    tag: Any
    other_tag: Any
    imported: Article
    copy: Article  # merged into that one
    copied: str  # a passage of it

    def address(self, template: str) -> str:
        """``/articles/{article.slug}/`` filled in."""
        return template.format(**vars(self), item=self.batch.items.first())


def make_world() -> World:
    """Articles in every state, notes in every state, an import that waits. Takes a second."""
    reader, second = make_user("1001"), make_user("2002")
    editor = make_editor("3003")
    admin = make_user("4004", is_staff=True, is_superuser=True)
    group = make_group(reader, second, name="Кръг")
    article = make_article(
        slug="за-доверието",
        title="За доверието и неговата цена",
        standfirst="Какво струва да се провери, и кой плаща, когато никой не проверява.",
        language="bg",
        html=FIRST,
        people=("Ада Марш", "Бруно Дън"),
        tags=("доверие", "броене"),
        publisher=make_publisher("Тетрадката"),
        published_on="2012-02-01",
        date_precision="month",
        rights="Без поръчителство.",
        source="Тетрадката, № 4",
    )
    first = article.revisions.get()
    lost = make_annotation(article, by=reader, words="Доверието се печели", body="Изгубена.")
    note = make_annotation(
        article,
        by=reader,
        words="писаха ги чиновници",
        body="**Бележка** с думи.",
        tags=("броене",),
    )
    changed = make_annotation(article, by=second, words="които имаха време", body="Променена.")
    moved = make_annotation(article, by=second, words="четоха министри", body="Преместена.")
    waiting = make_annotation(article, by=reader, words="всяка страна знаеше", body="Чака.")
    make_annotation(article, by=second, words="ги чиновници, които", body="Отгоре.")
    make_annotation(
        article,
        by=second,
        words="Доверието е мълчание",
        body="",
        motivation=Motivation.HIGHLIGHTING,
    )
    make_annotation(
        article, by=second, words="само", body="За кръга.", audience=Audience.GROUP, group=group
    )
    make_annotation(article, by=reader, words="числата", body="!", audience=Audience.PRIVATE)
    make_annotation(article, by=second, body="За целия текст.")
    reply = make_annotation(note, by=second, body="Отговор.")
    for number in range(6):
        make_annotation(reply, by=reader, body=f"Отговор № {number}.")
    edited = writing.edit(
        reply, version=reply.version, body="Друг отговор.", tags=(), audience=reply.audience
    )
    hidden = make_annotation(article, by=second, words="нямаха", body="Скрита.")
    moderation.hide(hidden, reason="Без връзка.", by=editor)
    deleted = make_annotation(article, by=second, words="издържаха", body="Изтрита.")
    make_annotation(deleted, by=reader, body="Отговор на изтритата.")
    writing.delete(deleted)
    second_text = make_revision(article, html=SECOND, reason="Поправка.", made_by=editor)
    anchors = Anchor.objects.filter(revision=second_text)
    anchors.filter(annotation=changed).update(state="changed")
    anchors.filter(annotation=moved).update(state="moved")
    anchors.filter(annotation=waiting).update(state="changed", review="waiting", confidence=0.7)
    withdrawn = make_article(
        slug="оттеглена",
        title="Оттеглена статия",
        language="bg",
        html=FIRST,
        state="withdrawn",
        withdrawn_reason="Отпечатана два пъти.",
    )
    make_article(slug="чернова", title="Чернова", language="bg", html=None)
    make_article(slug="друга", title="Друга статия", language="ar", html=FIRST, tags=MANY_TAGS)
    batch = batches.receive(
        [
            SimpleUploadedFile("мита.txt", FILE.encode()),
            SimpleUploadedFile("картина.txt", b"\x89PNG\r\n\x1a\n"),
        ],
        by=editor,
    )
    cut = "Доверието се печели"
    start = first.text.index(cut)
    imported = _imported(editor)
    copy = make_article(slug="препечатка", title="Препечатана", language="bg", html=SECOND)
    unite(imported, copy, by=editor, reason="Едно и също.")
    kept = second_text.text.index("писаха ги")
    return World(
        people={"nobody": None, "reader": reader, "editor": editor, "admin": admin},
        article=article,
        person=article.people.first(),
        withdrawn=withdrawn,
        revision=second_text,
        passage=str(address_of(second_text.text, 2, Span(kept, kept + 9))),
        gone_passage=str(address_of(first.text, 1, Span(start, start + len(cut)))),
        note=note,
        reply=edited,
        lost=lost,
        batch=batch,
        group=group,
        tag=article.tags.get(name="броене"),
        other_tag=article.tags.get(name="доверие"),
        imported=imported,
        copy=copy,
        copied=str(address_of(copy.revisions.get().text, 1, Span(0, 9))),
    )


def _imported(editor: Any) -> Article:
    """An article that came from a file, and was corrected since."""
    document = Document(
        title="Внесена статия",
        html=FIRST,
        language="bg",
        url="https://example.org/внесена",
        origins={"title": Origin(Sureness.LIKELY, "ред 1")},
        importer="plain",
        importer_version="1",
    )
    made = record(
        document,
        raw=FILE.encode(),
        media_type="text/plain",
        file_name="внесена.txt",
        by=editor,
        batch=ImportBatch.objects.create(created_by=editor, label="Внос"),
        publish=True,
    )
    article = made.article
    article.title = "Внесена и поправена статия"
    editing.save(article, changed=["title"], by=editor)
    make_revision(article, html=SECOND, reason="Поправка.", made_by=editor)
    return article
