"""Addresses on the web: the one spelling under which the archive knows each of them.

Two addresses are taken for the same page only where that is sure. Parameters that may name a
page (``?id=``, ``?session=``) stay; a page missed is an article imported twice, a page taken
for another one would overwrite it.
"""

from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

# They say where a visitor came from, never which page is meant.
TRACKING = (
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id"),
    *("fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid"),
)
LONGEST = 2000


def canonical_url(url: str) -> str | None:
    """The address under which ``url`` is kept and looked for, or None when it is not a web page's.

    Scheme, host, default port, escapes, order of parameters, fragment and the tracking
    parameters do not tell pages apart; everything is written as ``https``.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname
    if parts.scheme.lower() not in {"http", "https"} or not host or host.split() != [host]:
        return None
    if ":" in host:
        host = f"[{host}]"
    if port not in {None, 80, 443}:
        host = f"{host}:{port}"
    plain = urlunsplit(("https", host, parts.path, parts.query, ""))
    try:
        canonical = canonicalize_url(url_query_cleaner(plain, TRACKING, remove=True))
    except (ValueError, UnicodeError):
        return None
    return canonical if len(canonical) <= LONGEST else None
