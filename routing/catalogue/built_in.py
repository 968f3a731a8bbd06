"""The fields that every organisation has: of the work itself, and of records it is linked with."""

from collections.abc import Iterator, Mapping
from typing import Final

from routing.catalogue.field import ConditionField, Lookup, field
from routing.engine.conditions.types import FieldType
from routing.terms import Sentiment, choices
from workstreams.terms import Channel, WorkstreamType
from workstreams.terms import choices as work_choices

TEXT, NUMBER, DATE = FieldType.TEXT, FieldType.NUMBER, FieldType.DATE

CHANNELS: Final = tuple(each for each in work_choices(Channel) if each[0] != Channel.RECORD)
WORK: Final = (
    field("title", "Title", "title"),
    field("priority", "Priority", "priority", NUMBER),
    field("created_at", "Created at", "creation", DATE),
    field("skills", "Skills", "skills", FieldType.NAMES, lookup=Lookup.SKILL),
    field("sentiment", "Sentiment", "sentiment", FieldType.CHOICE, choices(Sentiment)),
    field("effort_minutes", "Effort (minutes)", "effort in minutes", NUMBER),
    field("effort_confidence", "Effort confidence (%)", "effort confidence", NUMBER),
)
CHANNEL: Final = field("channel", "Channel", "channel", FieldType.CHOICE, CHANNELS)
CUSTOMER: Final = (
    field("customer.name", "Customer: name", "customer name"),
    field("customer.email", "Customer: e-mail", "customer e-mail"),
    field("customer.phone", "Customer: phone", "customer phone"),
)
# What the records have: the last step of the path, what people read, the type.
PERSON: Final = (("name", "name", TEXT), ("email", "e-mail", TEXT), ("phone", "phone", TEXT))
RECORD: Final = (
    ("number", "number", TEXT),
    ("title", "title", TEXT),
    ("description", "description", TEXT),
    ("created_at", "created at", DATE),
)
FIELDS_OF: Final = {"contact": PERSON, "account": PERSON, "case": RECORD, "record": RECORD}
# Related records by what is routed: two levels from the conversation, or from the record.
ENTITIES: Final[Mapping[str, tuple[str, ...]]] = {
    WorkstreamType.MESSAGING: (
        "contact",
        "contact.account",
        "account",
        "case",
        "case.contact",
        "case.account",
    ),
    WorkstreamType.RECORD: (
        "record",
        "record.contact",
        "record.contact.account",
        "record.account",
    ),
}


def entity_words(entity: str) -> str:
    """`record.contact.account` is the "record's contact's account"."""
    return "'s ".join(entity.split("."))


def entity_label(entity: str) -> str:
    """The same as a name."""
    words = entity_words(entity)
    return words[:1].upper() + words[1:]


def entities_of(type_: str) -> tuple[str, ...]:
    """The related records that rules of such a workstream reach."""
    is_record = type_ == WorkstreamType.RECORD
    return ENTITIES[WorkstreamType.RECORD if is_record else WorkstreamType.MESSAGING]


def fields_of(entity: str) -> Iterator[ConditionField]:
    """What is known of a related record, or of the routed one."""
    name = entity.rpartition(".")[2]
    for step, label, type_ in FIELDS_OF[name]:
        lookup = Lookup(name) if step == "name" else None
        yield field(
            f"{entity}.{step}",
            f"{entity_label(entity)}: {label}",
            f"{entity_words(entity)} {label}",
            FieldType.LOOKUP if lookup else type_,
            lookup=lookup,
        )
