"""Customers who are recognised, stored and deleted at the same moment."""

from datetime import datetime
from typing import Any

from agents.models import User
from routing import configuration
from tests.races.together import queued_behind, together
from workstreams.actions.change_customer import change_customer
from workstreams.actions.delete_customer import delete_customer
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_customer import save_customer
from workstreams.actions.take_in import take_in
from workstreams.models import Contact, Record, RecordType, WorkItem, Workstream

TIMES = 4


def test_two_arrivals_of_one_customer_are_both_linked(
    workstream: Workstream, now: datetime
) -> None:
    configuration.publish(by=None, now=now)
    ada = Contact.objects.create(name="Ada", email="ada@example.org")

    def begin() -> WorkItem:
        return take_in(workstream=workstream, now=now, context={"Email": "ada@example.org"})

    items = together(*[begin] * TIMES)

    assert [item.contact for item in items] == [ada] * TIMES


def test_a_customer_stored_twice_meanwhile_breaks_nothing(
    workstream: Workstream, administrator: User, now: datetime
) -> None:
    configuration.publish(by=None, now=now)

    def begin() -> WorkItem:
        return take_in(workstream=workstream, now=now, context={"Email": "ada@example.org"})

    def store() -> Contact:
        row = Contact(name="Ada", email="ada@example.org")
        return save_customer(row=row, by=administrator, now=now)

    answers = together(begin, store, begin, store)

    assert Contact.objects.count() == 2
    assert all(not isinstance(answer, Exception) for answer in answers)


def test_an_arrival_and_the_deletion_of_its_customer_leave_no_broken_link(
    workstream: Workstream, administrator: User, now: datetime
) -> None:
    configuration.publish(by=None, now=now)
    ada = Contact.objects.create(name="Ada", email="ada@example.org")

    def begin() -> WorkItem:
        return take_in(workstream=workstream, now=now, context={"Email": "ada@example.org"})

    def delete() -> Any:
        return delete_customer(row=Contact.objects.get(pk=ada.pk), by=administrator, now=now)

    [item, _, _] = together(begin, delete, begin)

    item.refresh_from_db()
    assert item.contact is None or Contact.objects.filter(pk=ada.pk).exists()


def test_who_is_deleted_while_an_agent_links_him_is_not_there(
    workstream: Workstream, administrator: User, now: datetime
) -> None:
    configuration.publish(by=None, now=now)
    item = take_in(workstream=workstream, now=now)
    ada = Contact.objects.create(name="Ada")

    def link() -> WorkItem:
        return change_customer(
            item_id=item.pk, links={"contact": ada.pk}, by=administrator, now=now
        )

    def delete() -> None:
        delete_customer(row=ada, by=administrator, now=now)

    [answer] = queued_behind(Contact.objects.all(), link, then=delete)

    item.refresh_from_db()
    assert isinstance(answer, InvalidSettings)
    assert item.contact is None


def test_a_number_is_given_once(administrator: User, now: datetime) -> None:
    case = RecordType.objects.get(name="case")

    def store() -> Record:
        row = Record(record_type=case, number="C-1", title="Late parcel")
        return save_customer(row=row, by=administrator, now=now)

    answers = together(*[store] * TIMES)

    assert Record.objects.count() == 1
    assert sum(isinstance(answer, InvalidSettings) for answer in answers) == TIMES - 1
