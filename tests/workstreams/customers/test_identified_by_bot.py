"""What a bot finds out names the customer when it hands over."""

from datetime import datetime

import pytest

from tests.factories.bots import do_bot_jobs, make_bot, with_bot
from tests.scenarios import arrive
from workstreams.models import Contact, IdentificationRule, Workstream

pytestmark = pytest.mark.django_db


def test_the_variables_of_a_bot_find_the_customer(workstream: Workstream, now: datetime) -> None:
    helped = with_bot(workstream, make_bot("Helper"))
    IdentificationRule.objects.create(
        workstream=helped, name="By topic", entity="contact", keys={"topic": "name"}
    )
    refund = Contact.objects.create(name="refund")
    item = arrive(helped, now, first_message="I want my money back")
    assert item.contact is None

    do_bot_jobs()

    item.refresh_from_db()
    assert item.contact == refund
