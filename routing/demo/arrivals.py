"""A made-up customer arrives."""

from datetime import datetime
from random import Random
from typing import Final

from routing.demo.customers import CONCERNS, Concern
from routing.demo.records import create_routed
from workstreams.actions.take_in import take_in
from workstreams.models import Contact, WorkItem, Workstream
from workstreams.terms import WorkstreamType

# In the context of every made-up item, so that nobody answers in a real customer's name.
MARK: Final = "is_demo"


def arrive(*, random: Random, now: datetime, concern: Concern | None = None) -> WorkItem | None:
    """Take in one item, a record by its intake rules; None where its workstream is gone, nobody is
    left to write, or no rule takes the record."""
    concern = concern or random.choices(CONCERNS, [each.weight for each in CONCERNS])[0]
    workstream = Workstream.objects.filter(name=concern.workstream).first()
    contacts = list(Contact.objects.order_by("pk")[:100])
    if workstream is None or not contacts:
        return None
    contact = random.choice(contacts)
    if workstream.type == WorkstreamType.RECORD:
        return create_routed(
            record_type=workstream.record_type,
            title=concern.title,
            contact=contact,
            data=concern.data,
            context={MARK: True, **contact.data},
            now=now,
        )
    return take_in(
        workstream=workstream,
        now=now,
        title=concern.title,
        contact=contact,
        context={MARK: True, **contact.data},
        channel_instance=workstream.channel_instances.first(),
        first_message=concern.first,
    )
