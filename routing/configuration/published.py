"""A published version as the dispatcher reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from routing.engine.configuration import CompiledConfiguration, OperatingHours, assemble


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """A compiled version with the ids of its names: documents name, rows count.

    ``attribute_names`` are those that a method of it reads: nobody loads the others.
    """

    number: int
    compiled: CompiledConfiguration
    skill_names: Mapping[int, str] = field(default_factory=dict)
    skill_ids: Mapping[str, int] = field(default_factory=dict)
    profile_names: Mapping[int, str] = field(default_factory=dict)
    profile_ids: Mapping[str, int] = field(default_factory=dict)
    attribute_names: Mapping[int, str] = field(default_factory=dict)
    hours_names: Mapping[int | None, str] = field(default_factory=dict)

    def hours_of(self, hours_id: int | None) -> OperatingHours | None:
        """Of a row's id: in a draft its name may be another already."""
        return self.compiled.hours.get(self.hours_names.get(hours_id, ""))


def publishable(number: int, compiled: Iterable[Any]) -> Published:
    """A version out of its compiled pieces."""
    version = assemble(number, compiled)
    skill_ids = {name: skill.id for name, skill in version.skills.items()}
    profile_ids = {name: profile.id for name, profile in version.profiles.items()}
    return Published(
        number=number,
        compiled=version,
        skill_names={id: name for name, id in skill_ids.items()},
        skill_ids=skill_ids,
        profile_names={id: name for name, id in profile_ids.items()},
        profile_ids=profile_ids,
        attribute_names={
            version.attributes[name].id: name
            for method in version.methods.values()
            for name in method.attributes
            if name in version.attributes
        },
        hours_names={hours.id: name for name, hours in version.hours.items()},
    )
