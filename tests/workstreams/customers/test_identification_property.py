"""Whatever customers there are and whatever is said, only the one who fits is linked."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_item, make_workstream
from workstreams.actions.identify_customer import identify_customer
from workstreams.models import Contact

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMES = ("Ada", "Grace", "")
EMAILS = ("ada@example.org", "ADA@example.org", "grace@example.org", "")
PHONES = ("+44 20", "+4420", "(4420)", "")
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(NAMES),
            "email": st.sampled_from(EMAILS),
            "phone": st.sampled_from(PHONES),
            "is_active": st.booleans(),
        }
    ),
    max_size=5,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "Name": st.sampled_from(NAMES),
        "Email": st.sampled_from(EMAILS),
        "Phone": st.sampled_from(PHONES),
    },
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
@given(people=PEOPLE, answers=ANSWERS)
def test_exactly_one_active_match_is_linked(
    people: list[dict[str, Any]], answers: dict[str, str]
) -> None:
    with transaction.atomic():
        contacts = [Contact.objects.create(**person) for person in people]
        item = make_item(make_workstream(), context=answers)

        identify_customer(item, NOW)

        fitting = [each for each in contacts if fits(each, answers)]
        expected = fitting[0] if len(fitting) == 1 else None
        assert item.contact == expected
        assert not identify_customer(item, NOW)
        transaction.set_rollback(True)


def fits(contact: Contact, answers: dict[str, str]) -> bool:
    """The same in other words: everything that is said, and something is."""
    said = {
        "name": answers.get("Name", ""),
        "email": answers.get("Email", "").lower(),
        "phone": digits(answers.get("Phone", "")),
    }
    known = {
        "name": contact.name,
        "email": contact.email.lower(),
        "phone": digits(contact.phone),
    }
    given = {field: value for field, value in said.items() if value}
    same = all(known[field] == value for field, value in given.items())
    return contact.is_active and bool(given) and same


def digits(text: str) -> str:
    return re.sub(r"[^\d+]", "", text)
