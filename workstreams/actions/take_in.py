"""Take work in: the start of every work item."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from agents.actions.check_rating import check_rating
from agents.models import Skill
from agents.terms import CapacityFormat
from config.prepared import Prepared
from workstreams.actions.check_context import checked_context
from workstreams.actions.identify_customer import identify_customer
from workstreams.actions.insert_item import insert_item
from workstreams.actions.name_customer import FILLED_IN
from workstreams.actions.refusals import refusing_deleted_rows
from workstreams.actions.send_message import send_message
from workstreams.models import ChannelInstance, Contact, Record, WorkItem, Workstream
from workstreams.signals import work_item_arrived
from workstreams.terms import Author, DistributionMode, ItemKind, WorkstreamType

TITLE_LENGTH = 300
STORED: Final = Prepared(lambda item_id: WorkItem.objects.filter(pk=item_id), "item_id")


def take_in(
    *,
    workstream: Workstream,
    now: datetime,
    title: str = "",
    customer: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
    attributes: Mapping[str, Any] | None = None,
    skills: Mapping[Skill, int | None] | None = None,
    channel_instance: ChannelInstance | None = None,
    contact: Contact | None = None,
    record: Record | None = None,
    first_message: str = "",
    client_key: UUID | None = None,
    conversation_key: UUID | None = None,
) -> WorkItem:
    """Store the item, its first message and event, and have it routed, all or nothing.

    A ``conversation_key`` that is known already answers with its item: a request
    repeated after a crash, or sent twice at once, takes nothing in twice, and a first
    message with a ``client_key`` of its own is not lost.
    ``skills`` are those it needs with the least rating (None: any).
    Refuses context that cannot be kept (InvalidSettings), a rating that no agent can have
    (RatingOutOfRange), and a deleted workstream (Deleted).
    """
    needed = skills or {}
    for skill, rating in needed.items():
        if rating is not None:
            check_rating(skill, rating)
    key = conversation_key or uuid4()
    variables, notes = checked_context(workstream=workstream, context=context or {})
    with transaction.atomic():
        item = WorkItem(
            workstream=workstream,
            channel_instance=channel_instance,
            kind=_kind(workstream),
            channel=workstream.channel,
            title=(title or first_message or workstream.name)[:TITLE_LENGTH],
            queue_id=workstream.fallback_queue_id,
            is_pushed=workstream.distribution_mode == DistributionMode.PUSH,
            contact=contact,
            record=record,
            customer=_customer(customer, contact),
            context=variables,
            attributes=dict(attributes or {}),
            required_skills=[[skill.pk, rating] for skill, rating in needed.items()],
            required_units=required_units(workstream),
            conversation_key=key,
            created_at=now,
            waiting_since=now,
            last_activity_at=now,
            state_changed_at=now,
        )
        noted: dict[str, Any] = {"notes": notes} if notes else {}
        if contact is not None:
            noted["filled"] = [name for name in FILLED_IN if name not in (customer or {})]
        with refusing_deleted_rows():
            is_new = _insert_once(item, noted, is_key_given=conversation_key is not None)
        if not is_new:
            item = WorkItem.objects.get(conversation_key=key)
            if client_key is not None:
                _say_first(item, first_message, client_key, now)
            return item

        identify_customer(item, now)
        _say_first(item, first_message, client_key, now)
        answers = work_item_arrived.send(sender=WorkItem, work_item_id=item.pk, now=now)

    return _as_routed(item, answers)


def _as_routed(item: WorkItem, answers: Sequence[tuple[Any, Any]]) -> WorkItem:
    """Routing worked on an object of its own, and answers with it."""
    routed = next((each for _, each in answers if isinstance(each, WorkItem)), None)
    fresh = routed or STORED(item_id=item.pk)[0]
    fresh.workstream, fresh.channel_instance = item.workstream, item.channel_instance
    return fresh


def _say_first(item: WorkItem, text: str, client_key: UUID | None, now: datetime) -> None:
    if text:
        send_message(
            item_id=item.pk, author=Author.CUSTOMER, text=text, client_key=client_key, now=now
        )


def _insert_once(item: WorkItem, noted: dict[str, Any], *, is_key_given: bool) -> bool:
    """Whether this call is the first with the item's key; a racing one waits for the other."""
    if not is_key_given:
        insert_item(item, noted)
        return True
    try:
        with transaction.atomic():
            insert_item(item, noted)
    except IntegrityError:
        if not WorkItem.objects.filter(conversation_key=item.conversation_key).exists():
            raise
        return False
    return True


def _kind(workstream: Workstream) -> ItemKind:
    is_record = workstream.type == WorkstreamType.RECORD
    return ItemKind.RECORD if is_record else ItemKind.CONVERSATION


def required_units(workstream: Workstream) -> int:
    """Of one item of the workstream; none where it takes profiles."""
    is_unit_based = workstream.capacity_format == CapacityFormat.UNIT
    return workstream.capacity_units if is_unit_based else 0


def _customer(customer: Mapping[str, Any] | None, contact: Contact | None) -> dict[str, Any]:
    known = {name: getattr(contact, name) for name in FILLED_IN} if contact else {}
    return {**known, **dict(customer or {})}
