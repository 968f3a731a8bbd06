"""Nothing comes in for a workstream that waits for review: no rule would ever look at it."""

import pytest

from routing.exceptions import NotPublished
from tests.workstreams.chat.conftest import VisitorClient, text_of
from workstreams.actions.create_channel_instance import create_channel_instance
from workstreams.actions.mark_tested import mark_tested
from workstreams.actions.take_in import take_in
from workstreams.channels.live_chat.visitor import new_visitor
from workstreams.models import ChatStart, WorkItem

AWAY = "We are not here at the moment."


@pytest.fixture
def drafted(drafted_workstream, administrator, now):
    """A workstream that waits in the draft, with everything that it needs but a review."""
    create_channel_instance(
        workstream=drafted_workstream, name="Shop chat", slug="shop", by=administrator, now=now
    )
    mark_tested(workstream=drafted_workstream, now=now)
    return drafted_workstream


def test_its_chat_is_closed_until_it_is_published(drafted, publish):
    visitor = VisitorClient("shop")
    before = [visitor.open_page(), visitor.get("hours/").json()["shown"]]
    publish()

    assert (AWAY in before[0], before[1]) == (True, False)
    assert visitor.get("hours/").json()["shown"]
    assert visitor.start("Help").title == "Help"


def test_a_chat_that_is_sent_to_it_all_the_same_is_not_taken_in(drafted, publish):
    visitor = VisitorClient("shop")
    visitor.token = new_token(drafted)

    answer = visitor.post(data={"name": "Ann", "text": "My parcel is lost"})

    assert (answer.status_code, AWAY in text_of(answer)) == (409, True)
    assert "My parcel is lost</textarea>" in text_of(answer)
    assert (WorkItem.objects.count(), ChatStart.objects.count()) == (0, 0)
    publish()
    visitor.post(data={"name": "Ann", "text": "My parcel is lost"})
    assert WorkItem.objects.get().title == "My parcel is lost"


def test_no_program_takes_anything_in_by_it_either(drafted, publish, now):
    came = {"workstream": drafted, "channel_instance": drafted.channel_instances.get()}
    with pytest.raises(NotPublished, match="Shop is not published"):
        take_in(**came, title="Help", now=now)
    assert not WorkItem.objects.exists()
    publish()

    take_in(**came, title="Help", now=now)
    assert WorkItem.objects.get().title == "Help"


def test_to_publish_it_is_what_it_still_needs(client, administrator, drafted, publish):
    client.force_login(administrator)
    page = f"/workstreams/{drafted.pk}/"
    before = client.get(page)
    publish()
    after = text_of(client.get(page))

    steps = [each for each in before.context["steps"] if not (each.is_done or each.is_optional)]
    assert [each.key for each in steps] == ["publish"]
    # A test item goes by what is published.
    assert [each.key for each in before.context["steps"]][-2:] == ["publish", "test"]
    assert steps[0].links[0].url == "/configuration/versions/draft/"
    assert "Not published yet" in text_of(before)
    assert ('id="set-up"' in after, "Not published yet" in after) == (False, False)


def new_token(workstream):
    [instance] = workstream.channel_instances.all()
    return new_visitor(instance.pk).token
