"""Dates as precise as they are known: a day, a month, a year, or a period in words."""

import datetime

from django.utils import formats
from django.utils.translation import gettext as _


def in_words(date: datetime.date | None, precision: str, period: str) -> str:
    """The date as a reader sees it: "4 February 2012", "February 2012", "2012", or a period."""
    if date is None:
        return period or _("No date is known")
    if precision == "year":
        return str(date.year)
    if precision == "month":
        return formats.date_format(date, "YEAR_MONTH_FORMAT")
    # Translators: a date format, see Django's docs for the letters: 4 February 2012
    return formats.date_format(date, _("j F Y"))
