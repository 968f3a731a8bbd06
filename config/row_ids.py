"""Numbers of rows as they stand in addresses and forms."""

from typing import Final

LARGEST_ID: Final = 2**63 - 1
DIGITS: Final = len(str(LARGEST_ID))


def row_id(text: str) -> int | None:
    """The number, if this reads like one that a row can have.

    The length is looked at first: Python refuses to read numbers of thousands of digits.
    """
    if not text.isdecimal() or len(text) > DIGITS:
        return None
    number = int(text)
    return number if number <= LARGEST_ID else None
