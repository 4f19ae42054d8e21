"""Whether the archive is well."""

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.cluster import ClusterProblem
from articles.tasks import worker_is_there


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
        worker = worker_is_there()
    except (DatabaseError, InterfaceError, ClusterProblem):
        return JsonResponse({"status": "unavailable", "database": False}, status=503)
    checks = {"database": True, "migrations": not pending, "worker": worker}
    if pending:
        return JsonResponse({"status": "unavailable", **checks}, status=503)
    return JsonResponse({"status": "ok" if worker else "degraded", **checks})
