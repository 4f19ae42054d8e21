"""What templates of the desk say of an entry in the editors' log."""

from django import template
from django.contrib.admin.models import LogEntry
from django.utils.safestring import SafeString

from archive import telling

register = template.Library()


@register.filter
def sentence(entry: LogEntry) -> SafeString:
    """What was done, with a link to the thing; who did it stands before."""
    return telling.sentence(entry)


@register.filter
def reason(entry: LogEntry) -> str:
    return telling.reason(entry)
