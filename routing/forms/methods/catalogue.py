"""What conditions of methods can be about: agents on the left, items on the right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agents.models import AgentAttribute
from agents.terms import LABELS, BasePresence, Role
from routing.catalogue import Catalogue, ConditionField, Lookup
from routing.catalogue.field import field
from routing.engine.conditions.types import FieldType
from routing.engine.methods.attributes import path_of

# The builder knows the fields of items: those of agents stand among the attributes for it.
STAND_IN: Final = "attributes."
WORKS_NOW: Final = "agent.calendar"
ALL_SKILLS: Final = "agent.all_skills"
ALLOWED: Final = "{workstream.allowed_presences}"
# What the item has beside its fields.
BESIDE: Final[Mapping[str, str]] = {
    "workstream.allowed_presences": "The workstream's allowed presences",
    "workstream.capacity": "Capacity that the item needs",
    "workstream.name": "Workstream: name",
    "skills": "Required skills",
}


@dataclass(frozen=True, kw_only=True)
class AgentCatalogue(Catalogue):
    """The fields of agents, and what the organisation keeps of them; ``items`` are those that they
    can be compared with."""

    items: Catalogue
    attributes: Mapping[str, AgentAttribute]

    @property
    def entities(self) -> tuple[tuple[str, str], ...]:
        return ()

    def item_path(self, label: str) -> str:
        """The path of the item's side, by its label or as it was typed."""
        beside = {words.casefold(): path for path, words in BESIDE.items()}
        return beside.get(label.strip().casefold()) or self.items.path_of(label.strip())

    def item_label(self, path: str) -> str:
        return BESIDE.get(path) or self.items.label_of(path)

    def label_cut_up(self, parts: Sequence[str]) -> str | None:
        """Of the item's side, what became these parts where it was read as a list."""
        return next((each for each in self.item_labels if _at_commas(each) == [*parts]), None)

    @property
    def item_labels(self) -> list[str]:
        return [*BESIDE.values(), *(each.label for each in self.items.fields.values())]


def _at_commas(label: str) -> list[str]:
    return [part.strip() for part in label.split(",") if part.strip()]


def agent_catalogue(
    items: Catalogue, skill_types: Iterable[str], attributes: Iterable[AgentAttribute] = ()
) -> AgentCatalogue:
    """Of an organisation with these types of skills, that keeps these attributes."""
    kept = {row.name: row for row in attributes}
    fields = [*_fields(), *map(_of_type, skill_types), *map(_kept, kept.values())]
    return AgentCatalogue(
        given=items.given,
        fields={each.path: each for each in fields},
        items=items,
        attributes=kept,
    )


def _kept(row: AgentAttribute) -> ConditionField:
    options = [(each, each) for each in row.options]
    label = f"Agent attribute: {row.name}"
    path = f"{STAND_IN}{path_of(row.name)}"
    return field(path, label, f"agent {row.name}", FieldType(row.type), options)


def _of_type(name: str) -> ConditionField:
    label = f"Agent: has all required skills of the type {name}"
    return _agent(f"{ALL_SKILLS}.{name}", label, FieldType.BOOLEAN)


def _fields() -> Iterable[ConditionField]:
    presences = [(each.value, LABELS[each]) for each in BasePresence]
    allowed = (ALLOWED, BESIDE["workstream.allowed_presences"])
    yield _agent("agent.presence", "Agent: presence", FieldType.CHOICE, [allowed, *presences])
    yield _agent(ALL_SKILLS, "Agent: has all required skills", FieldType.BOOLEAN)
    yield _agent("agent.skills", "Agent: skills", FieldType.NAMES, lookup=Lookup.SKILL)
    yield _agent("agent.capacity", "Agent: available capacity", FieldType.NUMBER)
    yield _agent("agent.units", "Agent: free units", FieldType.NUMBER)
    yield _agent("agent.profile_room", "Agent: room in capacity profiles", FieldType.NUMBER)
    yield _agent(WORKS_NOW, "Agent: is working (calendar)", FieldType.BOOLEAN)
    yield _agent("agent.username", "Agent: username")
    yield _agent("agent.name", "Agent: name")
    roles = [(each.value, LABELS[each]) for each in Role]
    yield _agent("agent.role", "Agent: role", FieldType.CHOICE, roles)
    yield _agent("agent.locale", "Agent: language")
    yield _agent("agent.nickname", "Agent: nickname")
    yield _agent("agent.hours", "Agent: operating hours")
    yield _agent("agent.units_limit", "Agent: capacity in units", FieldType.NUMBER)
    yield _agent("agent.created_at", "Agent: created", FieldType.DATE)


def _agent(
    path: str,
    label: str,
    type: FieldType = FieldType.TEXT,
    choices: Iterable[tuple[str, str]] = (),
    lookup: Lookup | None = None,
) -> ConditionField:
    return field(f"{STAND_IN}{path}", label, label.lower().replace(":", ""), type, choices, lookup)
