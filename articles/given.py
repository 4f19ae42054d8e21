"""Numbers and words that people put into addresses and forms."""

# More digits than any number here has, and fewer than Python or PostgreSQL balk at.
_MOST_DIGITS = 9
_LONGEST = 200


def line(text: str) -> str:
    """``text`` as one line of at most 200 characters that PostgreSQL takes."""
    return " ".join(text.replace("\x00", "").split())[:_LONGEST]


def whole_number(text: str) -> int | None:
    """The number ``text`` writes in digits; None for anything else, however long."""
    if 0 < len(text) <= _MOST_DIGITS and text.isdecimal():
        return int(text)
    return None


def whole_numbers(text: str) -> list[int]:
    """The numbers that ``text`` writes, between commas; what is none is passed over."""
    found = map(whole_number, text.split(","))
    return [number for number in found if number is not None]
