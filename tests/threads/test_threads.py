"""Threads from a flat list: order, depth, tombstones."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from annotations.threads import threads


@dataclass
class Note:
    pk: int
    parent_id: int | None = None
    root_id: int | None = None
    deleted_at: object | None = None


@st.composite
def forests(draw: st.DrawFn) -> list[Note]:
    """Notes in the order they were made; each answers an earlier one or begins a thread."""
    notes: list[Note] = []
    for pk in range(draw(st.integers(0, 30))):
        parent = draw(st.none() | st.sampled_from(notes)) if notes else None
        root = (
            None if parent is None else parent.root_id if parent.root_id is not None else parent.pk
        )
        deleted = draw(st.sampled_from([None, None, None, "yesterday"]))
        notes.append(Note(pk, parent.pk if parent else None, root, deleted))
    return notes


@given(forests())
def test_every_living_note_appears_once_below_what_it_answers(notes):
    shown = []
    for thread in threads(notes):
        place = {thread.root.pk: 0}
        shown.append(thread.root)
        for position, reply in enumerate(thread.replies, 1):
            assert place[reply.note.parent_id] < position
            assert reply.parent.pk == reply.note.parent_id
            place[reply.note.pk] = position
            shown.append(reply.note)
    living = {note.pk for note in notes if note.deleted_at is None}
    assert len(shown) == len({note.pk for note in shown})
    assert living <= {note.pk for note in shown}


@given(forests())
def test_a_tombstone_stands_only_where_something_living_hangs(notes):
    by_pk = {note.pk: note for note in notes}
    answered = set()
    for note in notes:
        if note.deleted_at is None:
            above = note.parent_id
            while above is not None:
                answered.add(above)
                above = by_pk[above].parent_id
    for thread in threads(notes):
        for note in (thread.root, *(reply.note for reply in thread.replies)):
            assert note.deleted_at is None or note.pk in answered


def test_replies_stand_below_what_they_answer_oldest_first():
    notes = [Note(1), Note(2, 1, 1), Note(3, 1, 1), Note(4, 2, 1)]
    (thread,) = threads(notes)
    assert [(reply.note.pk, reply.depth) for reply in thread.replies] == [(2, 1), (4, 2), (3, 1)]


def test_a_reply_to_a_note_one_may_not_read_is_left_out():
    (thread,) = threads([Note(1), Note(3, parent_id=2, root_id=1)])
    assert thread.replies == ()


def test_a_thread_may_be_deeper_than_the_stack():
    notes = [Note(0)] + [Note(pk, pk - 1, 0) for pk in range(1, 5000)]
    (thread,) = threads(notes)
    assert thread.replies[-1].depth == 4999
    assert thread.reply_count == 4999
