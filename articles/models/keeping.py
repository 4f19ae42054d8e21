"""Keeping what rows were before they changed, whoever changes them and by whatever way."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


def kept_as_it_was(*fields: str) -> Callable[[Model], Model]:
    """A model that leaves what its rows were in ``<Model>Event``, by triggers.

    An event holds ``fields`` as they were before an update or a deletion, and as they are after
    an insertion; ``pgh_created_at`` is the time at which the transaction began.
    """
    return _tracked(fields, pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old))


def named_after_deletion() -> Callable[[Model], Model]:
    """A model whose deleted rows leave their names in ``<Model>Event``."""
    return _tracked(["name"])


def _tracked(fields, *trackers) -> Callable[[Model], Model]:
    def track(model: Model) -> Model:
        return pghistory.track(
            *trackers,
            pghistory.DeleteEvent(),
            fields=list(fields),
            model_name=f"{model.__name__}Event",
            # Whose change it was stands in the event itself: no second table to join.
            context_field=pghistory.ContextJSONField(),
            obj_field=pghistory.ObjForeignKey(related_name="kept"),
        )(model)

    return track
