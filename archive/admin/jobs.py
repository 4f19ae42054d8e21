"""The jobs of the worker, for administrators to look at."""

from django.contrib import admin
from procrastinate.contrib.django.admin import ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.unregister(ProcrastinateJob)


@admin.register(ProcrastinateJob)
class JobAdmin(ProcrastinateJobAdmin):
    """As the library's, in plain columns: its own need styles that our pages refuse."""

    list_display = ["task_name", "status", "queueing_lock", "scheduled_at", "attempts"]
    list_filter = ["status", "task_name"]
    fields = [
        *("task_name", "args", "status", "queue_name", "lock", "queueing_lock", "priority"),
        *("scheduled_at", "attempts"),
    ]
