"""How the archive behaves on other people's servers: its name, their robots.txt, its pace.

A ``Visitor`` lasts for one run. What robots.txt says (RFC 9309) holds for the run; where it
cannot be had because of the server, nothing is fetched for now.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from protego import Protego

from .refused import FetchRefused, Why
from .targets import Target

PRODUCT = "Commonplace"
ROBOTS_BYTES = 500_000
_USER_AGENT_FIELDS = frozenset({"user-agent", "useragent", "user agent"})
_TOKEN = frozenset("abcdefghijklmnopqrstuvwxyz_-")


@dataclass(frozen=True)
class Rules:
    """What one origin's robots.txt says, or why nothing is fetched from there in this run."""

    parsed: Protego | None = None
    failure: FetchRefused | None = None

    def refuse_forbidden(self, target: Target) -> None:
        """Errors: FetchRefused where ``target`` may not be fetched, or not now."""
        if self.failure is not None:
            raise self.failure.anew()
        if self.parsed is not None and not self.parsed.can_fetch(target.url, PRODUCT.lower()):
            raise FetchRefused(
                f"{target.host} asks programs not to fetch this page (robots.txt).", Why.ROBOTS
            )

    @property
    def delay(self) -> float:
        """The seconds that the site asks to leave between visits."""
        found = self.parsed.crawl_delay(PRODUCT.lower()) if self.parsed is not None else None
        return found or 0.0


def closed_for_now(target: Target, problem: str) -> Rules:
    """The rules of a site whose robots.txt could not be had."""
    return Rules(
        failure=FetchRefused(
            f"The robots.txt of {target.host} could not be read, so nothing is fetched from there "
            f"for now: {problem}",
            Why.ROBOTS,
            may_try_again=True,
        )
    )


def rules_in(robots_txt: bytes) -> Rules:
    """The rules in a robots.txt, whatever is in it."""
    text = robots_txt[:ROBOTS_BYTES].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return Rules(Protego.parse("\n".join(map(_about_us, text.splitlines()))))


def _about_us(line: str) -> str:
    """The line, with the names of other programs as one name.

    The parser copies the rules of a group for each program that it names, so that many names and
    many rules would take hours; and it takes "common" for the beginning of our name.
    """
    field, colon, value = line.partition("#")[0].partition(":")
    if not colon:
        field, _, value = _split_without_colon(line)
    if field.strip().lower() not in _USER_AGENT_FIELDS:
        return line
    name = value.strip().lower()
    if name != "*":
        end = next((at for at, letter in enumerate(name) if letter not in _TOKEN), len(name))
        name = PRODUCT.lower() if name[:end] == PRODUCT.lower() else "another"
    return f"User-agent: {name}"


def _split_without_colon(line: str) -> tuple[str, str, str]:
    words = line.partition("#")[0].split()
    for count in (1, 2):
        field = " ".join(words[:count])
        if field.lower() in _USER_AGENT_FIELDS:
            return field, "", " ".join(words[count:])
    return "", "", ""


class Visitor:
    """Who visits, on one run: what was learned of each host, and when it was visited last.

    ``contact`` is an address at which the archive's keepers are reached, of the web or of mail.
    ``pause`` seconds lie between two visits to a host, or what its robots.txt asks for, at most
    ``longest_pause``. May be shared by threads.
    """

    def __init__(
        self,
        contact: str,
        *,
        version: str = "1",
        pause: float = 1.0,
        longest_pause: float = 10.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        reached = quote(contact.strip(), safe=":/?#@!$&'*+,;=%~-._")
        if not reached:
            raise ValueError("a visitor says how its keepers are reached")
        self.software = f"{PRODUCT}/{version}"
        self.user_agent = f"{self.software} (+{reached})"
        self._pause = pause
        self._longest = longest_pause
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._rules: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def free_in(self, host: str) -> float:
        """In how many seconds ``host`` may be visited; 0 for now."""
        with self._lock:
            return max(0.0, self._free_at.get(host, 0.0) - time.monotonic())

    def wait_for(self, host: str, *, delay: float = 0.0) -> float:
        """Wait until ``host`` may be visited again; how many seconds that took."""
        pause = min(max(self._pause, delay), self._longest)
        with self._lock:
            now = time.monotonic()
            at = max(now, self._free_at.get(host, now))
            self._free_at[host] = at + pause
        if at > now:
            self._sleep(at - now)
        return at - now

    def rules_for(self, target: Target, ask: Callable[[], Rules]) -> Rules:
        """What the robots.txt of ``target`` says; ``ask`` fetches it, once in a run."""
        with self._lock:
            known = self._rules.get(target.origin)
        if known is None:
            known = ask()
            with self._lock:
                self._rules[target.origin] = known
        return known
