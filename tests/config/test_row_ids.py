"""Numbers of rows in addresses and forms."""

import pytest

from config.row_ids import LARGEST_ID, row_id


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "²", "9" * 19, "9" * 5000, "1" * 4300])
def test_what_no_row_can_have_is_no_number(text: str) -> None:
    assert row_id(text) is None


@pytest.mark.parametrize("number", [0, 7, LARGEST_ID])
def test_a_number_is_read(number: int) -> None:
    assert row_id(str(number)) == number
