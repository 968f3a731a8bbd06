"""What a forced close says that it does."""

import pytest
from django.urls import reverse

from tests.factories import make_item, make_workstream

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("more", "is_told", "record_stays"),
    [({}, True, False), ({"type": "record"}, False, True), ({"type": "voice"}, False, False)],
    ids=["chat", "record", "call"],
)
def test_it_says_who_is_told_and_what_stays(client, supervisor, more, is_told, record_stays):
    item = make_item(make_workstream("Other", **more))
    client.force_login(supervisor)

    page = client.get(reverse("routing:work-item-close", args=[item.pk])).content.decode()

    said = [words in page for words in ("The customer is told", "The record itself stays")]
    assert said == [is_told, record_stays]
    assert "This cannot be undone." in page
