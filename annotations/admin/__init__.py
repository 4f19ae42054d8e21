"""The editors' desk for notes and groups. Nobody reads here what the gate would not show them."""

from annotations.admin import groups, notes

__all__ = ["groups", "notes"]
