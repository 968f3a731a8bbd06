"""The password of a request: as strict as the page."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from pydantic import Field

from agents.actions.check_password import check_password

Password = Annotated[
    str,
    Field(
        min_length=12,
        max_length=128,
        description="Not a common one, and not too much like the username or the name.",
    ),
]


def check_given_password(values: Mapping[str, Any], *, username: str, name: str) -> None:
    """Refuses one that is easily guessed, in the words of the page; none is fine. ``values`` may
    give the person other names along with it."""
    if "password" not in values:
        return
    names = {"username": values.get("username", username), "name": values.get("name", name)}
    try:
        check_password(values["password"], **names)
    except ValidationError as error:
        raise ValidationError({"password": error.error_list}) from error
