"""Why a value could not be compared at all: said beside it in explanations."""

from collections.abc import Mapping
from typing import Any

from routing.engine.conditions.fields import in_words
from routing.engine.conditions.values import WrongTypeError, is_missing
from routing.engine.methods.condition import OWN, right_side
from routing.engine.methods.people import Look, Person, field_at


def note_of(look: Look, row: Mapping[str, Any], person: Person) -> str | None:
    """What was missing on either side, or of a wrong type; None where both could be compared."""
    if row["op"] in OWN or row["op"] in ("is_set", "is_not_set"):
        return None
    field = field_at(row["field"])
    live = field.bind(look)(person)
    if is_missing(live):
        return f"{field.words} is not set"
    if "item" in row and is_missing(look.value(row["item"])):
        return f"the item's {in_words(row['item'])} is not set"
    test = right_side(row, look)
    try:
        if test is not None:
            test(live, look.now)
    except WrongTypeError as error:
        return f"{field.words} {error}"
    return None
