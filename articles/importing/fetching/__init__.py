"""A page from the web, fetched as a guest: within limits, by the host's rules, from public places.

Knows nothing of the database: whoever calls it holds no transaction open. Redirects are followed
here, one by one, each checked as if it had been asked for. No cookies, no credentials, no proxy.
"""

import datetime
import email.utils
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message

from .exchange import Exchange, Headers, Sizes, exchange
from .network import INTERNET, Deadline, Network
from .refused import FetchRefused, Why
from .targets import WEB_PORTS, Target, target_of
from .visiting import ROBOTS_BYTES, Rules, Visitor, closed_for_now, rules_in
from .warc import warc_of

_MOVED = frozenset({301, 302, 303, 307, 308})
_REDIRECT_BYTES = 64_000  # of what a redirect says besides where to
_ROBOTS_REDIRECTS = 5
# No page of the host would fare better, so the next link to it need not wait for the same.
_OF_THE_HOST = frozenset({Why.PRIVATE, Why.DNS, Why.TLS, Why.CONNECTION, Why.TOO_SLOW})
_ACCEPT = (
    "text/html,application/xhtml+xml,application/pdf;q=0.9,application/xml;q=0.8,text/*;q=0.8,"
    "*/*;q=0.5"
)
# What no text is read from.
_UNREAD = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "model/")
_UNREAD_ENDS = ("/javascript", "/x-javascript", "/wasm", "/x-shockwave-flash", "/x-msdownload")
_REFUSALS = {
    401: "asks for a password",
    402: "asks for payment",
    403: "does not let this archive fetch the page",
    451: "does not show the page for legal reasons",
}


@dataclass(frozen=True)
class FetchLimits:
    """What one fetch may cost, its redirects included.

    ``seconds`` by the clock on the wall, pauses for politeness apart; bytes of each answer as
    they come in and once unpacked.
    """

    seconds: float = 60.0
    wire_bytes: int = 20_000_000
    body_bytes: int = 50_000_000
    redirects: int = 10
    ports: frozenset[int] = WEB_PORTS


@dataclass(frozen=True)
class Fetched:
    """What was at an address, and the whole exchange as the bytes of a WARC file.

    ``chain`` are the addresses asked for, in order; the last is ``final_url``. ``body`` is
    unpacked; ``media_type`` is as the server states it, in lower case, or "".
    """

    url: str
    final_url: str
    chain: tuple[str, ...]
    status: int
    headers: Headers
    media_type: str
    charset: str
    body: bytes = field(repr=False)
    fetched_at: datetime.datetime
    warc: bytes = field(repr=False)


def fetch(
    url: str,
    *,
    visitor: Visitor,
    limits: FetchLimits = FetchLimits(),
    network: Network = INTERNET,
) -> Fetched:
    """What is at ``url``. Errors: FetchRefused, and nothing else."""
    deadline = Deadline(limits.seconds)
    guest = _Guest(visitor, limits, network, deadline)
    target = target_of(url, ports=limits.ports)
    exchanges: list[Exchange] = []
    while True:
        found = guest.visit(target)
        exchanges.append(found)
        if found.status not in _MOVED:
            break
        target = _next(found, exchanges, limits)
    stated = _content_type(found.headers)
    return Fetched(
        url=url,
        final_url=found.url,
        chain=tuple(one.url for one in exchanges),
        status=found.status,
        headers=found.headers,
        media_type=stated.get_content_type() if stated else "",
        charset=str(stated.get_content_charset("")) if stated else "",
        body=found.body,
        fetched_at=found.at,
        warc=warc_of(exchanges, software=visitor.software, user_agent=visitor.user_agent),
    )


@dataclass(frozen=True)
class _Guest:
    """One fetch in progress."""

    visitor: Visitor
    limits: FetchLimits
    network: Network
    deadline: Deadline

    def visit(self, target: Target) -> Exchange:
        """One answer that is a page or a redirect. Errors: FetchRefused."""
        rules = self.visitor.rules_for(target, lambda: self._robots(target))
        rules.refuse_forbidden(target)
        sizes = Sizes(self.limits.wire_bytes, self.limits.body_bytes)
        return self._ask(target, sizes, delay=rules.delay)

    def _ask(self, target: Target, sizes: Sizes, *, delay: float = 0.0) -> Exchange:
        self.deadline.move(self.visitor.wait_for(target.host, delay=delay))

        def judge(status: int, headers: Headers) -> Sizes:
            if status in _MOVED:
                return Sizes(sizes.wire, _REDIRECT_BYTES, cut=True, unread=True)
            if not sizes.cut:  # a robots.txt is judged by its own rules
                _refuse_failure(target, status, headers)
                _refuse_unread(headers)
            return sizes

        return exchange(
            target,
            headers={
                "User-Agent": self.visitor.user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate",
            },
            network=self.network,
            deadline=self.deadline,
            sizes=sizes,
            judge=judge,
        )

    def _robots(self, target: Target) -> Rules:
        """RFC 9309 §2.3.1: absent is free, out of order is closed, a few redirects are followed."""
        at = target_of("/robots.txt", base=target.url, ports=self.limits.ports)
        sizes = Sizes(self.limits.wire_bytes, ROBOTS_BYTES, cut=True)
        had_time = self.deadline.left() > self.deadline.seconds / 2
        for _ in range(_ROBOTS_REDIRECTS + 1):
            try:
                found = self._ask(at, sizes)
                if found.status in _MOVED:
                    at = target_of(_location(found), base=at.url, ports=self.limits.ports)
                    continue
            except FetchRefused as refusal:
                if refusal.kind == Why.TOO_SLOW and not had_time:
                    raise  # another host's fault, perhaps: this one gets its chance
                if at.host == target.host and refusal.kind in _OF_THE_HOST:
                    return Rules(failure=refusal)
                return closed_for_now(target, refusal.reason)
            if found.status == 429 or found.status >= 500:
                return closed_for_now(target, f"the server gave an error ({found.status}).")
            return rules_in(found.body) if 200 <= found.status < 300 else Rules()
        return Rules()


def _next(found: Exchange, exchanges: list[Exchange], limits: FetchLimits) -> Target:
    """Where a redirect leads. Errors: FetchRefused."""
    if len(exchanges) > limits.redirects:
        raise FetchRefused(
            f"It leads on to another address more than {limits.redirects} times.", Why.REDIRECTS
        )
    target = target_of(_location(found), base=found.url, ports=limits.ports)
    if any(one.url == target.url for one in exchanges):
        raise FetchRefused(
            "It leads round in a circle; perhaps it wants a cookie first.", Why.REDIRECTS
        )
    return target


def _location(found: Exchange) -> str:
    """Servers write addresses as UTF-8, which Python reads as Latin-1."""
    location = found.header("location")
    if not location:
        raise FetchRefused("It leads on to another address, but not to which.", Why.REDIRECTS)
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _refuse_failure(target: Target, status: int, headers: Headers) -> None:
    if status in (200, 203):
        return
    host = target.host
    if status in (404, 410):
        gone = "is no longer there" if status == 410 else "was not found"
        raise FetchRefused(f"The page {gone} ({status}).", Why.NOT_FOUND)
    if status == 429 or status >= 500 or status in (408, 425):
        raise FetchRefused(
            f"{host} could not answer ({status}).",
            Why.SERVER,
            may_try_again=status not in (501, 505),
            retry_after=_retry_after({key.lower(): value for key, value in headers}),
        )
    if 400 <= status < 500:
        why = _REFUSALS.get(status, "refuses to answer")
        raise FetchRefused(f"{host} {why} ({status}).", Why.FORBIDDEN)
    raise FetchRefused(f"{host} sent no page ({status}).", Why.SERVER, may_try_again=False)


def _retry_after(headers: Mapping[str, str]) -> int | None:
    """Seconds, from a number of them or a date."""
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return int(stated[:6])
    try:
        at = email.utils.parsedate_to_datetime(stated)
        return max(0, int((at - datetime.datetime.now(datetime.UTC)).total_seconds()))
    except (TypeError, ValueError, OverflowError):
        return None


def _content_type(headers: Headers) -> Message | None:
    stated = next((value for key, value in headers if key.lower() == "content-type"), "")
    if "/" not in stated:
        return None
    message = Message()
    message["Content-Type"] = stated.replace("\r", " ").replace("\n", " ")
    return message


def _refuse_unread(headers: Headers) -> None:
    stated = _content_type(headers)
    media_type = stated.get_content_type() if stated else ""
    if media_type.startswith(_UNREAD) or media_type.endswith(_UNREAD_ENDS):
        raise FetchRefused(f"It is no text that can be read here ({media_type}).", Why.MEDIA_TYPE)
