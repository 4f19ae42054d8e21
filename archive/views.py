"""The way in, and whether the archive is well."""

from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

from annotations import access, markdown
from annotations.models import Audience
from archive.cluster import ClusterProblem
from articles.models import Article

NEW = 8
# A worker tells every ten seconds that it is alive.
WORKER_SILENT_SECONDS = 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the archive is for, and what is new in it."""
    articles = Article.objects.published()
    public = access.visible(request.user).filter(audience=Audience.PUBLIC).exclude(body="")
    notes = public.select_related("article", "creator", "group").order_by("-recorded_at")[:NEW]
    for note in notes:
        note.words = markdown.plain(note.body)
    context = {
        "articles": articles.for_lists().newest_first()[:NEW],
        "notes": notes,
        "article_count": articles.count(),
        "note_count": access.visible(request.user).count(),
    }
    return render(request, "archive/home.html", context)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations and worker. 200 while readers can be served, else 503."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        since = timezone.now() - timedelta(seconds=WORKER_SILENT_SECONDS)
        worker = ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()
    except (DatabaseError, InterfaceError, ClusterProblem):
        return JsonResponse({"status": "unavailable", "database": False}, status=503)
    checks = {"database": True, "migrations": not pending, "worker": worker}
    if pending:
        return JsonResponse({"status": "unavailable", **checks}, status=503)
    return JsonResponse({"status": "ok" if worker else "degraded", **checks})
