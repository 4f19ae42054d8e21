"""What readers say about exact words of a revision, and where those words stand now.

An Annotation keeps the selectors it was made with for good; an Anchor says where it stands in
one revision. Replies and notes on a whole article have no anchor. Who may read what is decided
in access.py alone.
"""

from annotations.models.anchors import Anchor, AnchorVersion
from annotations.models.groups import Group, Membership, invitation_code
from annotations.models.notes import (
    Annotation,
    AnnotationQuerySet,
    AnnotationVersion,
    Audience,
    Flag,
    Motivation,
    NoteVector,
    Provenance,
    SealedSelectors,
    TaggedAnnotation,
)

__all__ = [
    "Anchor",
    "AnchorVersion",
    "Annotation",
    "AnnotationQuerySet",
    "AnnotationVersion",
    "Audience",
    "Flag",
    "Group",
    "Membership",
    "Motivation",
    "NoteVector",
    "Provenance",
    "SealedSelectors",
    "TaggedAnnotation",
    "invitation_code",
]
