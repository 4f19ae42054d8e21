"""What readers give for each part of a file: a document, or the reason why there is none."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from .document import Document, ImportRefused

logger = logging.getLogger(__name__)

TOO_MUCH_MEMORY = "Reading it takes more memory than an import may use."


@dataclass(frozen=True)
class Found:
    """One document of a file, or why there is none, or that others read it: exactly one of these.

    ``raw`` are the bytes it was read from, unchanged. ``part`` says which part of a file that
    holds several ("line 3", "chapter 2", an address), and is "" where the file is one document.
    ``hold`` is why a person should look at the document first, or "". ``member`` is the path of
    the file it is in, where that stands in an archive. ``handler`` is a format that another part
    of the archive brings in from ``raw`` (``handlers.py``). ``bands`` are those of the document's
    text (``likeness.py``), where the process that read it has reckoned them.
    """

    raw: bytes
    part: str = ""
    document: Document | None = None
    refusal: str = ""
    hold: str = ""
    member: str = ""
    handler: str = ""
    bands: tuple[int, ...] | None = None


def read_part(read: Callable[[bytes], Document], raw: bytes, part: str = "") -> Found:
    """What ``read`` makes of ``raw``. Raises nothing: a refusal is in what is found."""
    try:
        return Found(raw, part, document=read(raw))
    except ImportRefused as refusal:
        return Found(raw, part, refusal=str(refusal))
    except MemoryError:
        return Found(raw, part, refusal=TOO_MUCH_MEMORY)
    except Exception as error:
        return Found(raw, part, refusal=failed(error))


def failed(error: Exception) -> str:
    """What to say of a reader that failed, and not by refusing; the log has the rest.

    What strangers send meets bugs of ours and of others; one file must not stop the rest.
    """
    logger.error("a reader failed", exc_info=error)
    return f"It could not be read: the reader failed ({type(error).__name__})."
