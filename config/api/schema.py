"""The words of request bodies: strict, and with the limits of what is stored."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StringConstraints
from pydantic_core import to_json

OBJECT_BYTES: Final = 64 * 1024
TEXT_BYTES: Final = 28 * 1024


class Body(BaseModel):
    """A request body; a field it does not know is refused by name."""

    model_config = ConfigDict(extra="forbid")

    def given(self) -> dict[str, Any]:
        """The fields that the caller sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def optional(**limits: Any) -> Any:
    """A field that may be left out, and may not be null unless its type says so."""
    return Field(default=None, **limits)


def _small_enough(value: dict[str, Any]) -> dict[str, Any]:
    if len(to_json(value)) > OBJECT_BYTES:
        raise ValueError("may have at most 64 KB")
    return value


def _short_enough(text: str) -> str:
    if len(text.encode()) > TEXT_BYTES:
        raise ValueError("may have at most 28 KB")
    return text


def text_of(most: int, least: int = 0) -> Any:
    """The constraint of a text of ``least`` to ``most`` characters, without outer blanks."""
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most)


def number(least: int, most: int) -> Any:
    """The constraint of a whole number; a text that reads like one is not one."""
    return Field(strict=True, ge=least, le=most)


Name = Annotated[str, text_of(100, least=1)]
LongName = Annotated[str, text_of(200, least=1)]
Username = Annotated[str, text_of(150, least=1), StringConstraints(pattern=r"^[\w.@+-]+$")]
Flag = StrictBool
Object = Annotated[dict[str, Any], AfterValidator(_small_enough)]
MessageText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_short_enough)
]


class Move(Body):
    """One place up in the list, or down; the first stays first and the last last."""

    up: Flag
