"""From a flat list of notes to threads, in the order they are read. Pure."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Note(Protocol):
    """What a note must tell for its place in a thread to be known."""

    @property
    def pk(self) -> Hashable: ...
    @property
    def parent_id(self) -> Hashable | None: ...
    @property
    def root_id(self) -> Hashable | None: ...
    @property
    def deleted_at(self) -> object | None: ...


N = TypeVar("N", bound=Note)


@dataclass(frozen=True)
class Reply(Generic[N]):
    """A reply with its depth below the root (1 for a direct one) and what it answers."""

    note: N
    depth: int
    parent: N


@dataclass(frozen=True)
class Thread(Generic[N]):
    """A root note and its replies, each directly below what it answers, oldest first."""

    root: N
    replies: tuple[Reply[N], ...]

    @property
    def reply_count(self) -> int:
        """Replies that say something; tombstones are not counted."""
        return sum(reply.note.deleted_at is None for reply in self.replies)


def threads(notes: Iterable[N]) -> list[Thread[N]]:
    """The threads among ``notes``, roots and replies in the order given.

    A deleted note stays, as a tombstone, only where something living hangs on it. A reply
    whose parent is not among ``notes`` is left out: whoever may not read the one may not read
    the other.
    """
    roots: list[N] = []
    children: dict[Hashable, list[N]] = {}
    for note in notes:
        if note.root_id is None:
            roots.append(note)
        else:
            children.setdefault(note.parent_id, []).append(note)
    found = (Thread(root, tuple(_below(root, children))) for root in roots)
    return [t for t in found if t.root.deleted_at is None or t.replies]


def _below(root: N, children: dict[Hashable, list[N]]) -> list[Reply[N]]:
    """Depth first, without recursion (threads may be deeper than Python's stack)."""
    found: list[Reply[N]] = []
    waiting = [Reply(note, 1, root) for note in reversed(children.get(root.pk, []))]
    while waiting:
        reply = waiting.pop()
        found.append(reply)
        waiting += [
            Reply(note, reply.depth + 1, reply.note)
            for note in reversed(children.get(reply.note.pk, []))
        ]
    return _without_bare_tombstones(found)


def _without_bare_tombstones(replies: list[Reply[N]]) -> list[Reply[N]]:
    kept: list[Reply[N]] = []
    for reply in reversed(replies):  # children come after their parent, so from the end
        answered = bool(kept) and kept[-1].parent.pk == reply.note.pk
        if reply.note.deleted_at is None or answered:
            kept.append(reply)
    kept.reverse()
    return kept
