"""Annotations of a file as threads. Pure."""

from collections.abc import Iterable

from annotations.importing.hypothesis import Annotation


def threads(annotations: Iterable[Annotation]) -> list[list[Annotation]]:
    """``annotations`` by what they answer: each list is a thread, parents first.

    Those that answer one another in a circle have no beginning; each is a list of its own.
    """
    in_file = {one.id: one for one in annotations}
    tops: dict[str, tuple[str, int]] = {}
    for one in in_file.values():
        way, at = {one.id: None}, one  # a dict, for its order and its speed
        while (above := _above(at, in_file)) is not None and above.id not in way:
            if above.id in tops:
                break
            way[above.id] = None
            at = above
        known = tops.get(above.id) if above is not None else None
        circle = above is not None and known is None
        key, depth = known or (at.references[0] if at.references else at.id, -1)
        for step, name in enumerate(reversed(way), start=depth + 1):
            tops[name] = (name, 0) if circle else (key, step)
    found: dict[str, list[Annotation]] = {}
    for name in sorted(tops, key=lambda name: tops[name][1]):
        found.setdefault(tops[name][0], []).append(in_file[name])
    return list(found.values())


def _above(one: Annotation, in_file: dict[str, Annotation]) -> Annotation | None:
    """The nearest of what ``one`` answers that is in the file."""
    return next((in_file[name] for name in reversed(one.references) if name in in_file), None)
