"""Every kind of page, one row each. A new page is a new row, and is then held to its promises."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A page: its name, its address in the world, who opens it, and what they press there."""

    name: str
    address: str
    who: str = "reader"
    press: str = ""  # a selector to click, or a key to press, once the page stands
    part: str = ""  # what is new here, where the rest is another row's
    plain: bool = False  # sentences in the frame of others: read for its words alone
    status: int = 200


def desk(name: str, address: str, who: str) -> Row:
    """A page of the editors' desk; what surrounds it is the same on each."""
    return Row(f"desk: {name}", address, who, part="#content")


READ = "/articles/{article.slug}/"
NOTE = "/annotations/{note.id}/"
ADMIN = "/admin/articles/"

PAGES = [
    Row("home", "/"),
    Row("home, to nobody", "/", "nobody"),
    Row("articles", "/articles/"),
    Row("articles narrowed", "/articles/?tag=броене&kind=article&from=2010&to=2014"),
    Row("articles, nothing left", "/articles/?tag=доверие&language=ar", "nobody"),
    Row("every tag of articles", "/articles/?all=tag&language=bg", "nobody"),
    Row("tags", "/tags/", "nobody"),
    Row("a tag", "/tags/доверие/"),
    Row("people", "/people/", "nobody"),
    Row("a publisher", "/publishers/{article.publisher.slug}/", "nobody"),
    Row("a person", "/people/{person.slug}/", "nobody"),
    Row("publishers", "/publishers/?find=", "nobody"),
    Row("reading, to nobody", READ, "nobody"),
    Row("reading, a passage in hand", f"{READ}#p-0", press="j"),
    Row("reading, the panel open", READ, press=".menu:last-of-type > summary", part=".menu[open]"),
    Row("reading, the keys open", READ, press="?", part="#keys"),
    Row("reading, citing", READ, press=".menu:nth-of-type(1) > summary", part=".menu[open]"),
    Row("reading, a note begun", f"{READ}?select={{passage}}&act=comment", part="#compose"),
    Row("reading, a reply begun", f"{READ}#note-{{note.id}}", press="r", part=".note:has(form)"),
    Row("reading an older text", f"{READ}revisions/1/"),
    Row("a passage", f"{READ}p/{{passage}}", "nobody", part="mark[data-cited]"),
    Row("a passage whose words are gone", f"{READ}p/{{gone_passage}}", "nobody"),
    Row("history of a text", f"{READ}revisions/"),
    Row("origin of a text", "/articles/{imported.slug}/origin/", "nobody"),
    Row("origin of a text, to an editor", "/articles/{imported.slug}/origin/", "editor"),
    Row("history of what was merged", "/articles/{imported.slug}/revisions/", "editor"),
    Row(
        "reading what was merged",
        "/articles/{imported.slug}/merged/{copy.slug}/revisions/1/",
        "nobody",
        part=".cited-note",
    ),
    Row(
        "a passage of what was merged",
        "/articles/{imported.slug}/merged/{copy.slug}/p/{copied}",
        "nobody",
        part="mark[data-cited]",
    ),
    Row("comparison", f"{READ}revisions/1..2/"),
    Row("comparison side by side", f"{READ}revisions/1..2/?side"),
    Row("restoring a text", f"{READ}revisions/1/restore/", "editor"),
    Row("a new note", f"{READ}notes/new/"),
    Row("a note", NOTE),
    Row("a reply", f"{NOTE}replies/"),
    Row("an edit", f"{NOTE}edit/"),
    Row("a deletion", f"{NOTE}delete/"),
    Row("history of a note", "/annotations/{reply.id}/history/"),
    Row("words of a lost note", "/annotations/{lost.id}/words/"),
    Row("notes to review", "/annotations/review/", "editor"),
    Row("my notes", "/annotations/mine/"),
    Row("my notes narrowed", "/annotations/mine/?q=бележка&audience=public&state=noted"),
    Row("recent notes", "/annotations/recent/", "nobody"),
    Row("search", "/search/", "nobody"),
    Row("search with results", "/search/?q=доверие"),
    Row("search without results", "/search/?q=нищо"),
    Row("search with a slip", "/search/?q=доверито", "nobody"),
    Row("search with mistakes", '/search/?q="врати', "nobody", part="#query-mistakes"),
    Row("reading, a hit of a search", f"{READ}?q=врати&hit=1", "nobody", part=".hits"),
    Row("search, how to", "/search/?q=доверие (", press=".how-to > summary"),
    Row("account", "/accounts/"),
    Row("closing an account", "/accounts/close/"),
    Row("signing up", "/accounts/signup/", "nobody"),
    Row("account: e-mail", "/accounts/email/"),
    Row("account: a confirmation", "/accounts/confirm-email/x/", "nobody", plain=True),
    Row("account: a letter sent", "/accounts/confirm-email/", "nobody", plain=True),
    Row("account: closed", "/accounts/inactive/", "nobody", plain=True),
    Row("account: another password", "/accounts/password/change/"),
    Row("account: is it you", "/accounts/reauthenticate/"),
    Row("account: forgotten", "/accounts/password/reset/", "nobody"),
    Row("account: forgotten, sent", "/accounts/password/reset/done/", "nobody", plain=True),
    Row("account: forgotten, link", "/accounts/password/reset/key/1-set-password/", "nobody"),
    Row("account: forgotten, done", "/accounts/password/reset/key/done/", "nobody", plain=True),
    Row("log-in", "/accounts/login/", "nobody"),
    Row("log-out", "/accounts/logout/"),
    Row("sign-up refused", "/accounts/signup/", "nobody", press="main .primary"),
    Row("not found", "/nothing/", status=404),
    Row("withdrawn", "/articles/{withdrawn.slug}/", "nobody", status=410),
    Row("desk", "/admin/", "admin"),
    Row("desk, to an editor", "/admin/", "editor"),
    desk("log", "/admin/admin/logentry/", "editor"),
    Row("desk: a password changed", "/admin/password_change/done/", "editor", plain=True),
    Row("desk: an app", "/admin/articles/", "editor", plain=True),
    desk("redacting", f"{ADMIN}redaction/of/{{article.pk}}/", "editor"),
    desk("withdrawing", f"{ADMIN}article/withdraw/?ids={{article.pk}}", "editor"),
    desk("hiding", "/admin/annotations/annotation/hide/?ids={note.id}", "editor"),
    desk("an account", "/admin/archive/user/{people[reader].pk}/change/", "admin"),
    desk("people with accounts", "/admin/archive/user/", "admin"),
    desk("invitations", "/admin/archive/invitation/add/", "admin"),
    desk("people", f"{ADMIN}person/", "editor"),
    desk("tags", f"{ADMIN}tag/", "editor"),
    desk("a tag", f"{ADMIN}tag/{{tag.pk}}/change/", "editor"),
    desk("merging", f"{ADMIN}tag/merge/?ids={{tag.pk}},{{other_tag.pk}}", "editor"),
    desk("text of an article", f"{ADMIN}article/{{article.pk}}/text/", "editor"),
    desk("merging articles", f"{ADMIN}article/merge/?ids={{article.pk}},{{imported.pk}}", "editor"),
    desk("likely duplicates", f"{ADMIN}article/alike/", "editor"),
    desk("log of an article", f"{ADMIN}article/{{article.pk}}/history/", "editor"),
    desk("groups", "/admin/annotations/group/{group.pk}/change/", "admin"),
    desk("articles", f"{ADMIN}article/", "admin"),
    desk("an article", f"{ADMIN}article/{{article.pk}}/change/", "admin"),
    desk("a new article", f"{ADMIN}article/add/", "editor"),
    desk("a text", f"{ADMIN}revision/{{revision.pk}}/change/", "editor"),
    desk("notes", "/admin/annotations/annotation/", "editor"),
    desk("a note", "/admin/annotations/annotation/{note.id}/change/", "editor"),
    desk("files", f"{ADMIN}importbatch/import/", "editor"),
    desk("an import", f"{ADMIN}importbatch/{{batch.pk}}/items/", "editor"),
    desk("an import, chosen", f"{ADMIN}importbatch/{{batch.pk}}/items/?doubt=none", "editor"),
    desk("imports", f"{ADMIN}importbatch/", "editor"),
    Row("an original", f"{ADMIN}capture/{{item.capture_id}}/original/", "editor"),
    desk("undoing an import", f"{ADMIN}importbatch/{{batch.pk}}/undo/", "editor"),
    desk("a document", f"{ADMIN}importbatch/{{batch.pk}}/items/{{item.pk}}/", "editor"),
]
