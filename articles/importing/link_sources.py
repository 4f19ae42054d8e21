"""Links of an import: fetched by the rules of their hosts, and kept as their servers answered.

A ``Visit`` is one run through many links. Whoever makes it holds no transaction open. What is
kept is the whole exchange as a WARC file, and what it carried as the file that is then read.
"""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.importing.captures import keep_file
from articles.importing.fetching import Fetched, FetchLimits, fetch
from articles.importing.fetching.network import INTERNET
from articles.importing.fetching.refused import FetchRefused
from articles.importing.fetching.targets import WEB_PORTS, target_of
from articles.importing.fetching.visiting import Visitor
from articles.importing.linked import Link
from articles.models import Capture, ImportSource

# What may be reached. Tests put a site on this machine here; no setting leads past these two.
NETWORK = INTERNET
PORTS = WEB_PORTS

LONGEST_PAUSE = 10.0  # seconds between two visits to a host, whatever it asks for
WARC = "application/warc"
_UNKNOWN = "application/octet-stream"
_TOLD = 2.0  # seconds; a shorter pause is not worth a word
_LOOK = 0.5  # seconds between two looks whether to go on


class Stopped(Exception):
    """The import was paused, or the worker is being stopped."""


class Visit:
    """One run through links: what was learned of their hosts, and when each may be asked again.

    ``may_go_on`` is asked while it waits.
    """

    def __init__(self) -> None:
        self.may_go_on: Callable[[], bool] = lambda: True
        self._visitor = Visitor(
            settings.FETCH_CONTACT,
            pause=settings.FETCH_PAUSE_SECONDS,
            longest_pause=LONGEST_PAUSE,
            sleep=self._sleep,
        )
        self._asked_to_wait: dict[str, FetchRefused] = {}

    def fetch(self, url: str) -> Fetched:
        """What is at ``url``. Errors: FetchRefused, Stopped."""
        host = host_of(url)
        if host in self._asked_to_wait:
            raise self._asked_to_wait[host].anew()
        limits = FetchLimits(
            seconds=settings.FETCH_SECONDS,
            wire_bytes=settings.FETCH_MAX_WIRE_BYTES,
            body_bytes=settings.IMPORT_MAX_BYTES,
            ports=PORTS,
        )
        try:
            return fetch(url, visitor=self._visitor, limits=limits, network=NETWORK)
        except FetchRefused as refusal:
            if refusal.retry_after:
                self._asked_to_wait[host] = refusal
            raise

    def wait_for_one(self, sources: Sequence[ImportSource]) -> ImportSource:
        """The first of ``sources`` whose host may be visited, once one may be.

        So a host that wants long pauses holds up nobody but itself. Errors: Stopped.
        """
        hosts = [host_of(source.url) for source in sources]
        waits = {host: self._wait_of(host) for host in hosts}
        wait, at = min((waits[host], at) for at, host in enumerate(hosts))
        source = sources[at]
        if wait >= _TOLD:
            source.reason = _("Waiting for %(host)s.") % {"host": hosts[at]}
            source.save(update_fields=["reason"])
        if wait:
            self._sleep(wait)
        return source

    def _wait_of(self, host: str) -> float:
        return 0.0 if host in self._asked_to_wait else self._visitor.free_in(host)

    def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self.may_go_on():
                raise Stopped
            time.sleep(min(left, _LOOK))


def host_of(url: str) -> str:
    """Whom ``url`` asks, or "" where it can be asked nobody."""
    try:
        return target_of(url, ports=PORTS).host
    except FetchRefused:
        return ""


def link_of(fetched: Fetched) -> Link:
    """What the readers are told of ``fetched``."""
    return Link(
        asked=fetched.url,
        url=fetched.final_url,
        fetched_at=fetched.fetched_at,
        status=fetched.status,
        media_type=fetched.media_type,
        charset=fetched.charset,
    )


def keep_exchange(fetched: Fetched) -> Capture:
    """What was asked and answered, as a WARC file."""
    return _kept(fetched, fetched.warc, WARC)


def keep_answer(source: ImportSource, fetched: Fetched) -> None:
    """Give ``source`` what was fetched for it: nobody asks its server again."""
    exchange = keep_exchange(fetched)
    capture = _kept(fetched, fetched.body, fetched.media_type or _UNKNOWN)
    source.exchange, source.capture = exchange, capture
    source.answer = link_of(fetched).to_json()
    source.save(update_fields=["exchange", "capture", "answer"])


def _kept(fetched: Fetched, data: bytes, media_type: str) -> Capture:
    return keep_file(
        ContentFile(data),
        file_name="",
        media_type=media_type,
        url=fetched.final_url,
        captured_at=fetched.fetched_at,
    )


def reason_with_time(refusal: FetchRefused) -> str:
    """Why nothing was fetched, and when another try makes sense."""
    if not refusal.may_try_again:
        return refusal.reason
    if not refusal.retry_after:
        return _("%(reason)s Another try later may help.") % {"reason": refusal.reason}
    at = timezone.localtime() + timedelta(seconds=refusal.retry_after)
    return _("%(reason)s It asks to be left alone until %(time)s.") % {
        "reason": refusal.reason,
        "time": date_format(at, "DATETIME_FORMAT"),
    }
