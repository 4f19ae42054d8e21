"""Loaded by the process that readers are forked from: what a first reading does is done here once.

Readers compile expressions and build parsers when they are first used. A process that reads one
file would do it anew for each.
"""

import gc
import io

from . import originals  # noqa: F401 - loaded, as all readers are by ``opening``
from .opening import documents_in

_WORDS = "Words that stand here so that the reader has something to read, and reads it once. " * 9
SAMPLES = {
    "sample.md": f"# A title\n\n{_WORDS}\n",
    "sample.html": f"<title>A title</title><article><h1>A title</h1><p>{_WORDS}</p></article>",
}
READ = [
    found
    for name, text in SAMPLES.items()
    for found in documents_in(io.BytesIO(text.encode()), name=name, max_bytes=10_000)
]
# Looking through all this for garbage would copy it into each process that does.
gc.freeze()
