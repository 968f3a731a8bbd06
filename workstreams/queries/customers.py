"""Contacts, accounts and records: searched, and each with what belongs to it."""

import re
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Q, QuerySet, When

from workstreams.models import Account, Contact, Record, WorkItem
from workstreams.models.contact import DigitsOf, words_of
from workstreams.queries.identification import digits_of
from workstreams.queries.service_configuration import switch_column
from workstreams.terms import ItemState, RecordRouting

SHOWN: Final = 50
LONGEST: Final = 200
FEWEST_DIGITS: Final = 3


def contacts(search: str = "") -> "QuerySet[Contact]":
    """Contacts with their accounts, by name; found by words of name or e-mail, or by number."""
    rows: QuerySet[Contact] = _found(Contact.objects.select_related("account"), search)
    return rows.order_by("name", "pk")


def accounts(search: str = "") -> "QuerySet[Account]":
    """Accounts by name; found like contacts."""
    rows: QuerySet[Account] = _found(Account.objects.all(), search)
    return rows.order_by("name", "pk")


def records(
    search: str = "", record_type: str = "", *, is_unrouted: bool = False
) -> "QuerySet[Record]":
    """Records, the newest first; found by words of number or title.

    ``is_unrouted``: active ones that were not routed yet, or that no intake rule takes.
    """
    rows = Record.objects.select_related("record_type", "contact", "account")
    if is_unrouted:
        rows = rows.filter(is_active=True).exclude(routing=RecordRouting.ROUTED)
    if record_type:
        rows = rows.filter(record_type__name=record_type)
    query = _query(search)
    if query is not None:
        rows = rows.alias(words=words_of("number", "title")).filter(words=query)
    elif search:
        rows = rows.none()
    return rows.order_by("-pk")


def items_of(**whose: Any) -> "QuerySet[WorkItem]":
    """The latest work items of a contact, an account or a record; one query."""
    rows = WorkItem.objects.filter(**whose).select_related("workstream", "queue", "agent__user")
    return rows.order_by("-pk")[:SHOWN]


def work_of(record: Record) -> WorkItem | None:
    """The unfinished work item of a record; one query.

    ``may_be_given`` says whether supervisors may give what waits to an agent, or what an agent has
    to another.
    """
    items = record.items.exclude(state=ItemState.CLOSED)
    assigns, transfers = map(switch_column, ("supervisors_assign", "supervisors_transfer"))
    switch = Case(When(agent__isnull=True, then=assigns), default=transfers)
    rows = items.annotate(may_be_given=switch)
    return rows.select_related("queue", "workstream", "agent__user").first()


def _found(rows: Any, search: str) -> Any:
    """By two indexes: words, and the digits of a whole number."""
    if not search:
        return rows
    ways = Q()
    query, digits = _query(search), digits_of(search)
    if query is not None:
        rows, ways = rows.alias(words=words_of("name", "email")), Q(words=query)
    if len(digits) >= FEWEST_DIGITS:
        rows, ways = rows.alias(digits=DigitsOf("phone")), ways | Q(digits=digits)
    return rows.filter(ways) if ways else rows.none()


def _query(search: str) -> SearchQuery | None:
    """Every word, or its beginning; quoted, so that nothing in it is an operator."""
    words = re.sub(r"['\\\x00]", " ", search[:LONGEST]).split()
    if not any(any(letter.isalnum() for letter in word) for word in words):
        return None
    text = " & ".join(f"'{word}':*" for word in words)
    return SearchQuery(text, search_type="raw", config="simple")
