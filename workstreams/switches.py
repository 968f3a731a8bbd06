"""Switches of the whole service: one table for the row's form, its piece and its document."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Switch:
    """A flag of ``ServiceConfiguration`` by the name of its column."""

    name: str
    label: str
    help: str
    default: bool = False


SWITCHES: Final = (
    Switch(
        name="personal_quick_replies",
        label="Personal quick replies",
        help="Agents write quick replies of their own, which nobody else sees.",
        default=True,
    ),
)
NAMES: Final = tuple(switch.name for switch in SWITCHES)
