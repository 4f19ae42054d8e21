"""Addresses as they are dialled: what a URL asks which host and port for, or why it is not asked.

Stricter than browsers: whatever two programs may read differently is refused, since what was
checked must be what is reached.
"""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urljoin, urlsplit

from articles.importing.drafting import shortened

from .public_addresses import Address
from .refused import FetchRefused, Why

WEB_PORTS = frozenset({80, 443})
LONGEST = 4000  # characters

_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*"
                   r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")  # fmt: skip
_DOTTED_QUAD = re.compile(r"(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
# Letters that the older rules for names (IDNA 2003, Python's) change and browsers keep.
_KEPT_LETTERS = frozenset("ßς\u200c\u200d")
_ANY_DOT = re.compile("[.\u3002\uff0e\uff61]")
# Escapes stay as they are written.
_SAFE_PATH = "/:@!$&'()*+,;=%~-._"
_SAFE_QUERY = _SAFE_PATH + "?[]|"


@dataclass(frozen=True)
class Target:
    """Whom to ask for what. ``host`` is in ASCII and lower case, an IPv6 address without brackets.

    ``path`` is what goes into the request line; ``url`` the whole address without fragment.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def literal(self) -> Address | None:
        """The address that the host is, or None when it is a name."""
        if ":" in self.host:
            return IPv6Address(self.host)
        return IPv4Address(self.host) if _DOTTED_QUAD.fullmatch(self.host) else None

    @property
    def authority(self) -> str:
        """What stands in the Host field."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority, for which one robots.txt holds."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return f"{self.origin}{self.path}"


def target_of(url: str, *, base: str | None = None, ports: frozenset[int] = WEB_PORTS) -> Target:
    """What ``url`` asks for; a redirect's may be relative to ``base``.

    Errors: FetchRefused when it is no address of a web page or one that is not visited.
    """
    url = url.strip(" \t\r\n\f")
    if len(url) > LONGEST:
        raise _refused(f"It is longer than {LONGEST} characters", url)
    try:
        if base is not None:
            url = urljoin(base, url.replace(" ", "%20"))
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused("It is not a web address", url) from error
    if parts.scheme not in {"http", "https"}:
        raise _refused("Only addresses that begin with http or https are fetched", url)
    if _CONTROL_OR_SPACE.search(url) or "\\" in parts.netloc:
        raise _refused("It has characters that no address has", url)
    if "@" in parts.netloc:
        raise _refused("Addresses with a user name are not fetched", url)
    if port is None:
        port = 443 if parts.scheme == "https" else 80
    if port not in ports:
        raise _refused(f"Port {port} is not one that pages are fetched from", url)
    path = quote(parts.path, safe=_SAFE_PATH, errors="replace") or "/"
    if parts.query:
        path += f"?{quote(parts.query, safe=_SAFE_QUERY, errors='replace')}"
    return Target(parts.scheme, _host(parts.netloc, parts.hostname or "", url), port, path)


def _host(authority: str, host: str, url: str) -> str:
    if authority.startswith("["):
        try:
            address = ip_address(host)
        except ValueError as error:
            raise _refused("It names no host", url) from error
        if not isinstance(address, IPv6Address) or address.scope_id is not None:
            raise _refused("It names no host", url)
        return str(address)
    name = _ascii(host).removesuffix(".")
    if not _HOST.fullmatch(name):
        raise _refused("It names no host", url)
    if _NUMBER.fullmatch(name.rpartition(".")[2]) and not _is_quad(name):
        raise _refused("It spells a numeric address in an odd way", url)
    if name == "localhost" or name.endswith(".localhost"):
        raise FetchRefused("It leads to this machine itself, which is not visited.", Why.PRIVATE)
    return name


def _is_quad(name: str) -> bool:
    try:
        return bool(_DOTTED_QUAD.fullmatch(name) and IPv4Address(name))
    except ValueError:
        return False


def _ascii(host: str) -> str:
    """The host as it is looked up, or "" when it can be no name."""
    if host.isascii():
        return host.lower()
    if len(host) > 253:  # Python's codec takes quadratic time
        return ""
    labels = []
    for label in _ANY_DOT.split(host):
        plain = unicodedata.normalize("NFKC", label.lower())
        try:
            if _KEPT_LETTERS.isdisjoint(plain):
                labels.append(label.encode("idna").decode() if label else "")
            else:
                labels.append(f"xn--{plain.encode('punycode').decode()}")
        except UnicodeError:
            return ""
    return ".".join(labels).lower()


def _refused(what: str, url: str) -> FetchRefused:
    return FetchRefused(f"{what}: {shortened(url)}", Why.ADDRESS)
