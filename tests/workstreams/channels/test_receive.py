"""Customers are found by what they say of themselves."""

import pytest
from django.db import connection

from workstreams.channels.receive import find_contact
from workstreams.models import Contact


@pytest.mark.django_db
def test_a_customer_is_looked_up_by_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = Contact.objects.filter(email__iexact="ann@example.org").explain()

    assert "workstreams_contact_mail" in plan


@pytest.mark.django_db
def test_a_customer_is_found_however_the_address_is_capitalised() -> None:
    contact = Contact.objects.create(name="Ann", email="Ann@Example.org")

    assert find_contact("ann@example.ORG") == contact
