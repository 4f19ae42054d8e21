"""What every address of the admin answers, and to whom; whoever is not of the desk may log in.

A new page is one line in ADMIN, a new model one line in MODELS.
"""

from collections.abc import Iterator

from tests.audiences import DESK, NOTES, WORD
from tests.rows import Row, desk, note

FIELDS = (
    ("articles", "article", "publisher"),
    ("articles", "authorship", "person"),
    ("annotations", "membership", "user"),
)
ADMIN: dict[str, Row] = {
    "admin:index": desk(),
    "admin:app_list": desk(),
    "admin:login": desk(found=302, nobody=302, outside=403),
    "admin:logout": desk(found=405),
    "admin:password_change": desk(found=302),
    "admin:password_change_done": desk(),
    "admin:jsi18n": desk(),
    "admin:autocomplete": desk(
        *(f"?app_label={a}&model_name={m}&field_name={f}&term={WORD}" for a, m, f in FIELDS)
    ),
    "admin:view_on_site": desk(found=302),
    "admin:articles_importbatch_add": desk(found=302),
    "admin:articles_importbatch_change": desk(found=302),
    "admin:articles_importbatch_import": desk(),
    "admin:articles_importbatch_items": desk(),
    "admin:articles_importbatch_next": desk(found=302),
    "admin:articles_importbatch_progress": desk(found=286),
    "admin:articles_importbatch_publish": desk(found=405),
    "admin:articles_importbatch_steer": desk(found=405),
    "admin:articles_importbatch_item": desk(),
    "admin:articles_importbatch_undo": desk(),
    "admin:articles_importbatch_bulk": desk(found=405),
    "admin:articles_importbatch_standing": desk(found=405),
    "admin:articles_capture_download": desk(),
    "admin:articles_capture_original": desk("", "?page=2"),
    "admin:articles_article_text": desk(),
    "admin:articles_article_alike": desk(),
    "admin:articles_article_pair": desk(found=404),
    "admin:articles_article_withdraw": desk(found=302),
    "admin:articles_article_merge": desk(found=302),
    "admin:auth_user_password_change": desk(who=frozenset({"administrator"})),
    "admin:annotations_annotation_hide": desk(found=302),
    "admin:articles_article_redact": desk(),
    "admin:articles_redaction_lift": desk(found=302),
    "admin:articles_redaction_erase": desk(who=frozenset({"administrator"}), found=302),
    "admin:articles_person_merge": desk(found=302),
    "admin:articles_publisher_merge": desk(found=302),
    "admin:articles_tag_merge": desk(found=302),
}
# What editors and administrators may do with the rows of each model that the admin has.
EDIT, KEEP, LOOK, OFF = "list add change delete", "list add change", "list change", ""
MODELS: dict[str, tuple[str, str]] = {
    "admin_logentry": (LOOK, LOOK),
    "annotations_annotation": (LOOK, LOOK),
    "annotations_flag": (LOOK, LOOK),
    "annotations_group": (EDIT, EDIT),
    "archive_invitation": (f"{LOOK} add delete", f"{LOOK} add delete"),
    "archive_apitoken": (OFF, "list change delete"),
    "archive_user": (LOOK, KEEP),
    "articles_article": (KEEP, KEEP),
    "articles_capture": (LOOK, LOOK),
    "articles_importbatch": (LOOK, LOOK),
    "articles_importitem": (LOOK, LOOK),
    "articles_importsource": (OFF, LOOK),
    "articles_person": (EDIT, EDIT),
    "articles_publisher": (EDIT, EDIT),
    "articles_redaction": (LOOK, LOOK),
    "articles_revision": (LOOK, LOOK),
    "articles_tag": (EDIT, EDIT),
    "account_emailaddress": (OFF, EDIT),
    "procrastinate_procrastinatejob": (OFF, LOOK),
}
_ACT = {"changelist": "list", "history": "change"}


def rows_of_models() -> Iterator[tuple[str, Row]]:
    for model, allowed in MODELS.items():
        for page_name in ("changelist", "add", "change", "history", "delete"):
            act = _ACT.get(page_name, page_name)
            may = frozenset(
                person
                for person, acts in zip(("editor", "administrator"), allowed, strict=True)
                if act in acts.split()
            )
            queries = ("", f"?q={WORD}") if page_name == "changelist" else ("",)
            row = desk(*queries, who=may)
            if model == "annotations_annotation" and page_name in ("change", "history"):
                # Django sends whoever asks for a row there is not to the start page.
                row = note(who={kind: who & DESK for kind, who in NOTES.items()}, refused=302)
            yield f"admin:{model}_{page_name}", row
