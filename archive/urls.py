"""Where everything is mounted. Addresses are nouns and meant to be cited for decades."""

from django.contrib import admin
from django.urls import include, path, register_converter

from annotations import views as annotations
from archive import (
    account_pages,
    annotating,
    browsing,
    history,
    home,
    names,
    pages,
    placing,
    preferences,
    restoring,
    searching,
    views,
)
from articles import views as articles


class SlugConverter:
    """A slug in any script, as ``Article.slug`` allows."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SlugConverter, "uslug")

article_urls = [
    path("", browsing.article_list, name="list"),
    path("<uslug:slug>.txt", articles.text, name="text"),
    path("<uslug:slug>/", pages.read, name="read"),
    path("<uslug:slug>/origin/", articles.origin, name="origin"),
    path("<uslug:slug>/revisions/", history.history, name="history"),
    path("<uslug:slug>/revisions/<int:old>..<int:new>/", history.comparison, name="comparison"),
    path(
        "<uslug:slug>/revisions/<int:number>/restore/", restoring.restore_revision, name="restore"
    ),
    path("<uslug:slug>/revisions/<int:number>/", pages.read_revision, name="revision"),
    path(
        "<uslug:slug>/merged/<uslug:merged>/revisions/<int:number>/",
        pages.read_merged_revision,
        name="merged_revision",
    ),
    path(
        "<uslug:slug>/merged/<uslug:merged>/p/<str:address>",
        pages.read_merged_passage,
        name="merged_passage",
    ),
    path("<uslug:slug>/p/", pages.passage_address, name="passage_address"),
    path("<uslug:slug>/p/<str:address>", pages.read_passage, name="passage"),
]

note_urls = [  # /articles/<slug>/notes/
    path("", annotating.notes, name="notes"),
    path("new/", annotating.new_note, name="new"),
    path("words/", annotating.find_words, name="words"),
]

annotation_urls = [
    path("mine/", annotations.mine, name="mine"),
    path("recent/", annotations.recent, name="recent"),
    path("preview/", annotations.preview, name="preview"),
    path("tags/", annotations.tags, name="tags"),
    path("review/", placing.review, name="review"),
    path("<uuid:annotation_id>/", pages.read_annotation, name="annotation"),
    path("<uuid:annotation_id>/replies/", annotating.reply, name="reply"),
    path("<uuid:annotation_id>/edit/", annotating.edit, name="edit"),
    path("<uuid:annotation_id>/delete/", annotating.delete, name="delete"),
    path("<uuid:annotation_id>/restore/", annotating.restore, name="restore"),
    path("<uuid:annotation_id>/words/", placing.words_of, name="words"),
    path("<uuid:annotation_id>/history/", annotations.history, name="history"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("articles/<uslug:slug>/notes/", include((note_urls, "notes"))),
    path("articles/", include((article_urls, "articles"))),
    path("annotations/", include((annotation_urls, "annotations"))),
    path("tags/", names.tags, name="tags"),
    path("tags/<uslug:slug>/", names.tag, name="tag"),
    path("people/", names.people, name="people"),
    path("people/<uslug:slug>/", names.person, name="person"),
    path("publishers/", names.publishers, name="publishers"),
    path("publishers/<uslug:slug>/", names.publisher, name="publisher"),
    path("search/", searching.search_page, name="search"),
    path("preferences/", preferences.save_preferences, name="preferences"),
    path("accounts/", account_pages.account, name="account"),
    path("accounts/tokens/", account_pages.new_token, name="new_token"),
    path("accounts/tokens/<int:pk>/revoke/", account_pages.revoke_token, name="revoke_token"),
    path("accounts/close/", account_pages.close, name="close_account"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

handler400 = "archive.failures.bad_request"
handler403 = "archive.failures.forbidden"
handler404 = "archive.failures.not_found"
handler500 = "archive.failures.failed"
handler429 = "archive.limits.too_many_requests"
