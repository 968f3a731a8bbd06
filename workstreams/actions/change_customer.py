"""Link a work item to another customer, account or case, or to none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.http import Http404

from agents.models import Agent, User
from workstreams.actions.identify_customer import account_of, is_held, is_of_another
from workstreams.actions.name_customer import name_anew
from workstreams.actions.record_event import record_event
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import NotYourConversation
from workstreams.models import Record, WorkItem
from workstreams.queries.identification import by_id, only_active_case
from workstreams.terms import Reason

LINKS: Final = ("contact", "account", "case")
# What is linked now, by what it is.
Links = Mapping[str, Any]


@transaction.atomic
def change_customer(
    *,
    item_id: int,
    links: Mapping[str, int | None],
    by: User,
    now: datetime,
    agent: Agent | None = None,
) -> WorkItem:
    """Set the links that are named by the ids of active rows; None takes one away.

    Another contact brings its account and its only active case, and a case its customer,
    unless these are named too; who is taken away takes his case along. Name, e-mail and phone are
    then those of who is linked, beside what the customer said of himself. Refuses InvalidSettings
    for an id that is not there, and with ``agent`` NotYourConversation for an item that is not with
    that agent, or only offered to him.
    """
    item = _lock(item_id)
    if agent is not None and not _has(agent, item):
        raise NotYourConversation
    rows = {entity: _found(entity, pk) for entity, pk in links.items()}
    before = {entity: getattr(item, f"{entity}_id") for entity in LINKS}
    was = item.contact or item.account

    for entity, row in rows.items():
        setattr(item, entity, row)
    _bring_along(item, rows, before)
    changed = [entity for entity in LINKS if before[entity] != getattr(item, f"{entity}_id")]
    if not changed:
        return item
    _hold(item, changed)
    told: dict[str, Any] = {}
    if was != (item.contact or item.account):
        told["filled"] = name_anew(item, was)
    item.save(update_fields=[*changed, "customer"])

    record_event(
        kind="customer-changed",
        item=item,
        now=now,
        sentences=[f"{by.display_name} linked {_words(item)}"],
        linked={entity: getattr(item, f"{entity}_id") for entity in changed},
        **told,
    )
    return item


def _lock(item_id: int) -> WorkItem:
    """Locked first and read then, so that what is joined is of the same moment."""
    if not WorkItem.objects.select_for_update().filter(pk=item_id).values_list("pk"):
        raise Http404("There is no such work item.")
    rows = WorkItem.objects.select_related("contact__account", "account", "case")
    return rows.get(pk=item_id)


def _has(agent: Agent, item: WorkItem) -> bool:
    """Whether it is with this agent, who accepted it; an offer names him too."""
    return item.agent_id == agent.pk and item.reason != Reason.AWAITING_AGENT_ACCEPTANCE


def _found(entity: str, pk: int | None) -> Any:
    if pk is None:
        return None
    row = by_id(entity, pk)
    if row is None:
        raise _not_there(entity)
    return row


def _hold(item: WorkItem, changed: list[str]) -> None:
    """What is linked now is not deleted before the transaction ends."""
    for entity in changed:
        pk = getattr(item, f"{entity}_id")
        if pk is not None and not is_held(entity, pk):
            raise _not_there(entity)


def _not_there(entity: str) -> InvalidSettings:
    return InvalidSettings({entity: f"There is no active {entity} of this number."})


def _bring_along(item: WorkItem, named: Links, before: Mapping[str, int | None]) -> None:
    """What belongs to a newly named contact or case, and none of what the former customer had."""
    case = named.get("case")
    if case is not None and "contact" not in named and item.contact_id is None:
        item.contact = case.contact
        if "account" not in named and item.account_id is None:
            item.account = case.account
    if named.get("contact") is not None:
        if "account" not in named:
            item.account = named["contact"].account
        if "case" not in named and item.record_id is None:
            item.case = only_active_case(named["contact"], None)
    elif case is None:
        _leave_others(item, named, before)


def _leave_others(item: WorkItem, named: Links, before: Mapping[str, int | None]) -> None:
    """A contact of another account than the one named, and then a case of either."""
    is_renamed = named.get("account") is not None
    if is_renamed and item.contact is not None and item.contact.account_id != item.account_id:
        item.contact = None
    if item.contact is not None or item.case is None:
        return
    if _is_of_former(item, item.case, before) or (is_renamed and is_of_another(item, item.case)):
        item.case = None


def _is_of_former(item: WorkItem, case: Record, before: Mapping[str, int | None]) -> bool:
    """Whether the case is of a contact or account that is linked no more."""
    if case.contact_id is not None and case.contact_id == before["contact"] != item.contact_id:
        return True
    account_id = account_of(case)
    return account_id is not None and account_id == before["account"] != item.account_id


def _words(item: WorkItem) -> str:
    names = [str(row) for row in (item.contact, item.account, item.case) if row is not None]
    return ", ".join(names) or "no customer"
