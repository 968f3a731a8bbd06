"""All fields that the rules of one list can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as field_
from functools import cached_property
from typing import Any, Final

from routing.catalogue.built_in import (
    CHANNEL,
    CUSTOMER,
    WORK,
    entities_of,
    entity_label,
    entity_words,
    fields_of,
)
from routing.catalogue.engagement import ATTRIBUTES, INSTANCE, engagement_fields
from routing.catalogue.field import Choices, ConditionField, field
from routing.engine.conditions import describe, is_fixed, is_writable
from routing.engine.conditions.fields import in_words
from routing.engine.conditions.limits import is_nameable
from routing.engine.conditions.related import RELATED
from routing.engine.conditions.types import FieldType
from workstreams.terms import LABELS, Channel, WorkstreamType

CASE: Final = "case"
# Groups whose fields rules set, as people name them; and what to begin with.
OUTPUTS: Final = {
    "attributes": "Attribute",
    "context": "Context",
    "case": "Case",
    "record": "Record",
}
EXAMPLES: Final = ("attributes.vip", "attributes.topic", "title", "sentiment")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What an organisation adds: ``variables`` by name with their type, ``answers`` of surveys by
    question with their options, ``attributes`` that rules set, types of records, and ``data``."""

    type: str
    channel: str
    record_type: str | None = None
    variables: Mapping[str, FieldType]
    answers: Mapping[str, tuple[str, ...]]
    attributes: Mapping[str, FieldType]
    record_types: Choices = ()
    # Further fields of records, contacts and accounts, as these have them.
    data: Mapping[str, Mapping[str, FieldType]] = field_(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Fields by path in the order in which they are offered."""

    given: Given
    fields: Mapping[str, ConditionField]

    @cached_property
    def entities(self) -> tuple[tuple[str, str], ...]:
        """The records that a group of conditions can be about, with what people read."""
        return tuple((each, entity_label(each)) for each in entities_of(self.given.type))

    def path_of(self, typed: str) -> str:
        """The path of what somebody typed: a label, or a path itself."""
        typed = typed.strip()
        found = self._paths.get(typed) or self._paths.get(typed.casefold())
        return found or _path_of_new(typed) or typed

    def label_of(self, path: str) -> str:
        """How people name the field; one that is not listed by its path."""
        known = self.fields.get(path)
        return known.label if known else path

    def output_label_of(self, path: str) -> str:
        """How people name a field that rules set, listed or not."""
        group, _, name = path.partition(".")
        label = f"{OUTPUTS[group]}: {name}" if name and group in OUTPUTS else path
        label = self.fields[path].label if path in self.fields else label
        return label if self.path_of(label) == path else path

    @property
    def outputs(self) -> list[str]:
        """Labels of what is suggested for rules to set."""
        own = [path for path in self.fields if _is_suggested(path)]
        return [self.output_label_of(path) for path in dict.fromkeys([*own, *EXAMPLES])]

    def type_of(self, path: str) -> FieldType:
        known = self.fields.get(path)
        return known.type if known else FieldType.ANY

    def may_order(self, path: str) -> bool:
        """Whether it may hold a number or a date; texts, and what is not known, may."""
        known = self.fields.get(path)
        return known is None or known.may_order()

    def words_of(self, path: str) -> str:
        """The field in a sentence."""
        known = self.fields.get(path)
        return known.words if known else words_of(path)

    def value_of(self, path: str, value: Any) -> str | None:
        """A value that is one of the field's choices, as people read it."""
        known = self.fields.get(path) or WELL_KNOWN.get(path)
        return known.in_words(value) if known else None

    def why_nobody_gives(self, path: str) -> str | None:
        """Why such work never has this field; None where it has, or a program may give it."""
        group, _, name = path.partition(".")
        if path in self.fields or not name:
            return None
        if group == "engagement":
            return f"{LABELS[Channel(self.given.channel)]} does not give {name}."
        if group == "context":
            return f"No context variable and no survey question is called {name}."
        is_record = self.given.type == WorkstreamType.RECORD
        if group == "record" and not is_record:
            return "Only routed records have fields of a record."
        if group == CASE and is_record and self.given.record_type not in (None, CASE):
            return f"Records of the type {self.given.record_type} are no cases."
        return None

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        """Exact labels go before those that differ in case."""
        loose = {each.label.casefold(): path for path, each in self.fields.items()}
        return loose | {each.label: path for path, each in self.fields.items()}


def _path_of_new(typed: str) -> str | None:
    """`Attribute: vip` names a field that nothing sets so far."""
    label, colon, name = typed.partition(":")
    for group, word in OUTPUTS.items():
        if colon and name.strip() and word.casefold() == label.strip().casefold():
            return f"{group}.{name.strip()}"
    return None


def _is_suggested(path: str) -> bool:
    """What lies in the work itself or in its record, not in one that is linked with that."""
    group, _, name = path.partition(".")
    is_own = name.partition(".")[0] not in RELATED
    return group in OUTPUTS and is_writable(path) and is_own and not is_fixed(path)


def catalogue_of(given: Given) -> Catalogue:
    """The catalogue of such a workstream, or of all records where the rules are intake's."""
    return Catalogue(given=given, fields={each.path: each for each in _fields(given)})


def words_of(path: str) -> str:
    """A field in a sentence, known or not."""
    known = WELL_KNOWN.get(path)
    return known.words if known else in_words(path)


def sentence_of(when: Mapping[str, Any] | None) -> str:
    """A condition as one sentence, in the words of the fields that are known everywhere."""
    return describe(when, words=words_of, value_words=_value_words)


def _value_words(path: str, value: Any) -> str | None:
    known = WELL_KNOWN.get(path)
    return known.in_words(value) if known else None


def _fields(given: Given) -> Iterator[ConditionField]:
    yield from _context(given)
    yield from _attributes(given)
    yield from WORK
    is_record = given.type == WorkstreamType.RECORD
    if not is_record:
        yield CHANNEL
        yield from CUSTOMER
        yield from engagement_fields(given.channel)
    if given.record_types:
        yield field(
            "record.type", "Record: type", "record type", FieldType.CHOICE, given.record_types
        )
    for entity in entities_of(given.type):
        known = list(fields_of(entity))
        yield from known
        yield from _further(entity, given, {each.label.casefold() for each in known})


def _further(entity: str, given: Given, taken: set[str]) -> Iterator[ConditionField]:
    """What its ``data`` holds; a name that reads as one that is taken is left out."""
    kind = entity.rpartition(".")[2]
    for name, type_ in given.data.get("record" if kind == CASE else kind, {}).items():
        path, label = f"{entity}.{name}", f"{entity_label(entity)}: {name}"
        is_link = name == "type" or name.partition(".")[0] in RELATED
        is_plain = name == " ".join(name.split()) and is_nameable(path)
        if is_link or not is_plain or label.casefold() in taken:
            continue
        taken.add(label.casefold())
        yield field(path, label, f"{entity_words(entity)} {in_words(name)}", type_)


def _context(given: Given) -> Iterator[ConditionField]:
    """Context variables; an answer chosen from options has these as its choices."""
    for name in {**given.variables, **given.answers}:
        options = given.answers.get(name, ())
        yield field(
            f"context.{name}",
            f"Context: {name}",
            in_words(f"context.{name}"),
            FieldType.CHOICE if options else given.variables.get(name, FieldType.TEXT),
            [(option, option) for option in options],
        )


def _attributes(given: Given) -> Iterator[ConditionField]:
    for path, type_ in given.attributes.items():
        yield field(path, f"Attribute: {path.partition('.')[2]}", in_words(path), type_)


def _well_known() -> Iterator[ConditionField]:
    yield from (*WORK, CHANNEL, *CUSTOMER, INSTANCE)
    for type_ in (WorkstreamType.MESSAGING, WorkstreamType.RECORD):
        for entity in entities_of(type_):
            yield from fields_of(entity)
    for channel in ATTRIBUTES:
        yield from engagement_fields(channel)


# What has the same words everywhere, by path.
WELL_KNOWN: Final[Mapping[str, ConditionField]] = {each.path: each for each in _well_known()}
