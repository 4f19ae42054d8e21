"""Sentences with a number that scripts fill in: the server knows which forms a language has."""

from django import template
from django.utils.translation import trans_real

register = template.Library()
# Every plural rule of gettext shows all its forms among these.
ENOUGH = range(201)


@register.simple_tag
def plural_examples() -> list[int]:
    """One number for each plural form of the language in use: 0 and 1 in English."""
    form_of = trans_real.catalog().plural
    return sorted({form_of(number): number for number in reversed(ENOUGH)}.values())
