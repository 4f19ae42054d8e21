"""What is shown of an original, and of which kinds; ``originals`` makes it."""

from dataclasses import dataclass

KINDS = frozenset(
    {
        "text/html",
        "multipart/related",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/epub+zip",
        "application/pdf",
    }
)


@dataclass(frozen=True)
class Shown:
    """Part ``number`` of ``count`` of an original: a picture (PNG), or HTML, or why neither."""

    html: str = ""
    picture: bytes = b""
    number: int = 1
    count: int = 1
    is_cut: bool = False
    refusal: str = ""

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.count


def is_shown(media_type: str) -> bool:
    """Whether an original of this kind is more than its letters, and can be shown so."""
    return media_type in KINDS
