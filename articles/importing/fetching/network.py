"""Sockets to checked addresses: what may be reached, by when, and how many bytes come in.

A name is resolved once, every address it has is checked, and one of those very addresses is
connected to: a name that changes its answer in between gains nothing. Every wait on a socket ends
with the deadline of the whole fetch. What went out and came in is kept as it was.
"""

import functools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import certifi

from .public_addresses import Address, is_public
from .refused import FetchRefused, Why
from .targets import Target

_CONNECT_SECONDS = 10.0  # for one address, where a host has several
_NEVER = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def resolved_by_the_system(host: str, port: int) -> list[str]:
    """Every address that the system's resolver has for ``host``. Errors: OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@functools.cache
def trusting_the_system() -> ssl.SSLContext:
    """TLS that verifies certificates and names, by the system's authorities or else certifi's."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True)
class Network:
    """How the internet is reached. Tests put in names and addresses of their own.

    ``may_reach`` judges each address that a name has; it stands between strangers' links and
    the machines that only this one can see.
    """

    resolve: Callable[[str, int], Sequence[str]] = resolved_by_the_system
    may_reach: Callable[[Address], bool] = is_public
    tls: Callable[[], ssl.SSLContext] = trusting_the_system


INTERNET = Network()


class Deadline:
    """The moment at which everything ends; a pause that we make ourselves moves it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Errors: FetchRefused when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchRefused(
                f"It took longer than {self.seconds:g} seconds to answer.", Why.TOO_SLOW
            )
        return left

    def move(self, seconds: float) -> None:
        self._end += seconds


class Line:
    """One connection's limits and what went over it: ``sent`` and ``received``."""

    def __init__(self, deadline: Deadline, most_bytes: int) -> None:
        self.deadline = deadline
        self.sent = bytearray()
        self.received = bytearray()
        self._most = most_bytes

    def take(self, data: memoryview) -> None:
        """Keep what came in. Errors: FetchRefused when it is more than may come."""
        self.received += data
        if len(self.received) > self._most:
            raise too_large(self._most)


def too_large(limit: int) -> FetchRefused:
    """The refusal of what is larger than ``limit`` bytes."""
    size = f"{limit / 1_000_000:g} MB"
    return FetchRefused(f"It is larger than {size}, the most that is fetched.", Why.TOO_LARGE)


class _Watched(socket.socket):
    """A socket that keeps to its line's limits, whoever reads from it."""

    line: Line

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.line.deadline.left())
        try:
            count = super().recv_into(buffer, nbytes, flags)
        except TimeoutError:
            self.line.deadline.left()
            raise
        self.line.take(memoryview(buffer)[:count])
        return count

    def sendall(self, data: Any, flags: int = 0) -> None:
        self.settimeout(self.line.deadline.left())
        super().sendall(data, flags)
        self.line.sent += data


class _WatchedTLS(_Watched, ssl.SSLSocket):  # type: ignore[misc]  # their stubs differ in names
    """The same, with what is inside the encryption."""


def addresses_of(target: Target, network: Network, deadline: Deadline) -> list[Address]:
    """The addresses that ``target`` may be reached at, all of them checked.

    Errors: FetchRefused when there is none, or when one of them is not public.
    """
    literal = target.literal
    found = [literal] if literal else _looked_up(target, network, deadline)
    if not found:
        raise FetchRefused(f"There is no host named {target.host}.", Why.DNS)
    if not all(map(network.may_reach, found)):
        raise FetchRefused(
            f"{target.host} is in a private network, which is not visited.", Why.PRIVATE
        )
    return found


def _looked_up(target: Target, network: Network, deadline: Deadline) -> list[Address]:
    """Resolvers know no time limits, so the wait for one has its own."""
    answer: list[Sequence[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answer.append(network.resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answer.append(error)

    thread = threading.Thread(target=ask, name=f"resolving {target.host}", daemon=True)
    thread.start()
    thread.join(deadline.left())
    if not answer:
        deadline.left()
    found = answer[0] if answer else OSError("no answer")
    if isinstance(found, (OSError, UnicodeError)):
        gone = isinstance(found, UnicodeError) or found.errno in _NEVER
        reason = "There is no host named" if gone else "There was no answer about the host"
        raise FetchRefused(f"{reason} {target.host}.", Why.DNS, may_try_again=not gone) from found
    try:
        return [ip_address(address) for address in found]
    except ValueError as error:
        raise FetchRefused(f"There is no host named {target.host}.", Why.DNS) from error


def connected(target: Target, addresses: Sequence[Address], network: Network, line: Line) -> Any:
    """A socket to the first of ``addresses`` that answers, inside TLS where the scheme says so."""
    raw = _first(target, addresses, line)
    if target.scheme == "http":
        return raw
    context = network.tls()
    context.sslsocket_class = _WatchedTLS
    try:
        raw.settimeout(line.deadline.left())
        secured: Any = context.wrap_socket(raw, server_hostname=target.host)
    except ssl.SSLCertVerificationError as error:
        raw.close()
        raise FetchRefused(
            f"The certificate of {target.host} is not valid: {error.verify_message}.", Why.TLS
        ) from error
    except OSError as error:
        raw.close()
        line.deadline.left()
        raise FetchRefused(
            f"No secure connection to {target.host} could be made.", Why.TLS, may_try_again=True
        ) from error
    except FetchRefused:
        raw.close()
        raise
    secured.line = line
    return secured


def _first(target: Target, addresses: Sequence[Address], line: Line) -> _Watched:
    problem: OSError | None = None
    for address in addresses:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        try:
            opened = _Watched(family, socket.SOCK_STREAM)
        except OSError as error:  # the system may lack IPv6
            problem = error
            continue
        opened.line = line
        opened.settimeout(min(line.deadline.left(), _CONNECT_SECONDS))
        try:
            opened.connect((str(address), target.port))
        except OSError as error:
            opened.close()
            problem = error
            line.deadline.left()
            continue
        return opened
    raise FetchRefused(f"{target.host} does not answer.", Why.CONNECTION) from problem
