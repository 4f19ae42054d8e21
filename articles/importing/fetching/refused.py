"""Why a link was not fetched: a sentence for a person, and a word for programs."""

from enum import StrEnum


class Why(StrEnum):
    """The kinds of refusal."""

    ADDRESS = "address"  # no address of a web page, or one that is not visited
    PRIVATE = "private address"
    DNS = "dns"
    CONNECTION = "connection"
    TLS = "tls"
    ROBOTS = "robots"
    REDIRECTS = "redirects"
    NOT_FOUND = "not found"
    FORBIDDEN = "forbidden"
    SERVER = "server error"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"
    MEDIA_TYPE = "media type"
    BROKEN = "broken answer"


# What may be over in an hour.
_PASSING = frozenset({Why.CONNECTION, Why.SERVER, Why.TOO_SLOW, Why.BROKEN})


class FetchRefused(Exception):
    """Nothing was fetched; ``reason`` is a sentence for the person who asked.

    ``may_try_again`` says whether the same address may work later; ``retry_after`` is how many
    seconds the server asked to wait, or None.
    """

    def __init__(
        self,
        reason: str,
        kind: Why,
        *,
        may_try_again: bool | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.may_try_again = kind in _PASSING if may_try_again is None else may_try_again
        self.retry_after = retry_after

    def anew(self) -> "FetchRefused":
        """The same refusal, to be raised once more."""
        return FetchRefused(
            self.reason,
            self.kind,
            may_try_again=self.may_try_again,
            retry_after=self.retry_after,
        )
