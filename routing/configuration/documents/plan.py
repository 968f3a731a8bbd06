"""What importing would do, entry by entry and field by field, in plain words."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from routing.configuration.documents.diff import Difference, differences
from routing.configuration.documents.landscape import Landscape
from routing.configuration.documents.schema import FIELDS, LISTS, NAMED, WORKSTREAM, name_of
from routing.configuration.documents.validate import Examination, changes
from routing.configuration.documents.words import KIND_WORDS
from routing.configuration.people.examine import People
from routing.configuration.piece import canonical
from workstreams.terms import BotKind

SINGLES: Final = ("service", *LISTS)
AGENT: Final = "agent"
NO_PASSWORDS: Final = (
    "A document has no passwords. New agents sign in by single sign-on, or once an administrator"
    " has given them a password."
)
BOT_IS_UNSIGNED: Final = (
    "The secret of the bot “{}” is not in the document. Type it in on the bot's page, else its"
    " webhook cannot tell who calls."
)
UNTRAINED: Final = (
    "What the model “{}” learned is not in the document. Train it here; until then routing goes on"
    " without it."
)
NO_MEMBERS: Final = "The queue “{}” is new and has no members. Add agents, else its work waits."


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One entry that is created or changed."""

    kind: str
    key: str
    name: str
    differences: list[Difference] = field(default_factory=list)

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]

    @property
    def label(self) -> str:
        return f"{self.kind} {self.name}" if self.name else SINGLE_LABELS[self.kind]

    @property
    def title(self) -> str:
        """As a page says it."""
        return f"{self.kind_words} “{self.name}”" if self.name else self.kind_words

    @property
    def has_name(self) -> bool:
        """Whether it can be imported under another name."""
        return self.kind in NAMED


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What would be created, changed, left as it is, and what the document does not name.

    ``fingerprint`` is another once the organisation is another where the document touches it.
    """

    created: list[Step]
    changed: list[Step]
    unchanged: list[str]
    untouched: list[str]
    notes: list[str]
    fingerprint: str

    @property
    def steps(self) -> list[Step]:
        """All that is written."""
        return [*self.created, *self.changed]

    @property
    def changes_nothing(self) -> bool:
        return not self.created and not self.changed


def plan(examination: Examination) -> Plan:
    """The plan of a document without faults."""
    organisation = examination.organisation
    assert organisation is not None
    steps: dict[str, list[Step]] = {"created": [], "changed": []}
    unchanged, marks = [], []
    for kind, key in _wanted(organisation):
        if kind in SINGLES:
            before, after = organisation.present_single[kind], organisation.wanted_single[kind]
            name, is_same = "", canonical(before) == canonical(after)
        else:
            before = organisation.present[kind].get(key)
            after = organisation.wanted[kind][key]
            name, is_same = name_of(kind, after), not changes(kind, key, organisation)
        step = Step(kind=kind, key=key, name=name)
        if is_same:
            unchanged.append(step.label)
            continue
        if before:
            said = list(_differences(kind, name, before, after))
            steps["changed"].append(replace(step, differences=said))
        else:
            steps["created"].append(step)
        marks.append((kind, before, after))
    for key, after in examination.people.wanted.items():
        before = examination.people.present.get(key)
        step = Step(kind=AGENT, key=key, name=after["username"])
        if before == after:
            unchanged.append(step.label)
            continue
        if before:
            said = list(differences(AGENT, _person(before), _person(after)))
            steps["changed"].append(replace(step, differences=said))
        else:
            steps["created"].append(step)
        marks.append((AGENT, before, after))
    return Plan(
        **steps,
        unchanged=unchanged,
        untouched=list(_untouched(examination, organisation)),
        notes=list(_notes(steps["created"], organisation, examination.people)),
        fingerprint=hashlib.sha256(canonical(marks).encode()).hexdigest(),
    )


def _wanted(organisation: Landscape) -> Iterator[tuple[str, str]]:
    for kind in FIELDS:
        for key in organisation.wanted[kind]:
            yield kind, key
    for kind in SINGLES:
        if kind in organisation.wanted_single:
            yield kind, ""


def _differences(kind: str, name: str, before: Any, after: Any) -> Iterator[Difference]:
    return differences(kind, _whole(kind, name, before), _whole(kind, name, after))


def _whole(kind: str, name: str, value: Any) -> Mapping[str, Any]:
    if kind in LISTS:
        return {"name": name, "rules": value}
    return {"name": name, **value}


def _untouched(examination: Examination, organisation: Landscape) -> Iterator[str]:
    """What is here and stays: of interest only against a whole organisation's document."""
    if examination.document.get("scope") == WORKSTREAM:
        return
    for kind, present in organisation.present.items():
        for key, entry in present.items():
            if key not in organisation.wanted[kind]:
                yield f"{kind} {name_of(kind, entry)}"


def _person(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Names that mean something to people: an agent's own name is no key."""
    return {"name": entry["username"], "full_name": entry["name"]} | {
        key: value for key, value in entry.items() if key not in ("username", "name")
    }


def _notes(created: list[Step], organisation: Landscape, people: People) -> Iterator[str]:
    members = {queue for entry in people.wanted.values() for queue in entry["queues"]}
    if any(step.kind == AGENT for step in created):
        yield NO_PASSWORDS
    for step in created:
        if step.kind == "queue" and step.name not in members:
            yield NO_MEMBERS.format(step.name)
        if step.kind == "learned_model":
            yield UNTRAINED.format(step.name)
        if step.kind == "bot":
            bot = organisation.wanted["bot"][step.name.lower()]
            if bot["kind"] == BotKind.WEBHOOK:
                yield BOT_IS_UNSIGNED.format(step.name)


SINGLE_LABELS: Final = {
    "service": "service configuration",
    "intake": "intake rules",
    "identification": "identification rules",
}
