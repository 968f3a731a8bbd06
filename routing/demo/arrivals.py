"""A made-up customer arrives."""

from datetime import datetime
from random import Random
from typing import Final

from routing.demo.customers import CONCERNS, Concern
from workstreams.actions.take_in import take_in
from workstreams.models import Contact, Record, WorkItem, Workstream
from workstreams.terms import WorkstreamType

# In the context of every made-up item, so that nobody answers in a real customer's name.
MARK: Final = "is_demo"


def arrive(*, random: Random, now: datetime, concern: Concern | None = None) -> WorkItem | None:
    """Take in one item; None where the workstream is gone or no customer is left."""
    concern = concern or random.choices(CONCERNS, [each.weight for each in CONCERNS])[0]
    workstream = Workstream.objects.filter(name=concern.workstream).first()
    contacts = list(Contact.objects.order_by("pk")[:100])
    if workstream is None or not contacts:
        return None
    contact = random.choice(contacts)
    return take_in(
        workstream=workstream,
        now=now,
        title=concern.title,
        contact=contact,
        context={MARK: True, **contact.data},
        record=_record(workstream, concern, contact),
        channel_instance=workstream.channel_instances.first(),
        first_message=concern.first,
    )


def _record(workstream: Workstream, concern: Concern, contact: Contact) -> Record | None:
    if workstream.type != WorkstreamType.RECORD or workstream.record_type is None:
        return None
    return Record.objects.create(
        record_type=workstream.record_type,
        title=concern.title,
        contact=contact,
        data=concern.data,
    )
