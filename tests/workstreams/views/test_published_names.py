"""A way in keeps the name that published rules compare with, whatever the draft says."""

from datetime import timedelta

import pytest

from routing import configuration
from tests.factories import make_chat_widget, make_method
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import ChannelInstance

HOUR = timedelta(hours=1)
CHAT = {"name": "Store", "slug": "shop", "locale": "en", "agent_name": "first_name"}
WHEN = {"any": [{"field": "engagement.instance", "op": "equals", "value": "web shop"}]}


@pytest.fixture
def shop(workstream):
    return make_chat_widget(workstream, "shop", name="Web shop")


def classified(workstream):
    ruleset = workstream.rulesets.create(kind="classification", name="Sort")
    ruleset.rules.create(name="Of the shop", when=WHEN, then={"priority": 1})
    return ruleset


def routed(workstream):
    ruleset = workstream.rulesets.create(kind="route_to_queue", name="Route")
    rule = ruleset.rules.create(name="Of the shop", when=WHEN)
    rule.queues.create(queue=workstream.fallback_queue, percent=100)
    return ruleset


def ordered(workstream):
    return make_method("Of the shop", prioritization=[{"name": "Shop", "when": WHEN}])


@pytest.mark.parametrize("create", [classified, routed, ordered])
def test_a_name_that_is_published_still_stays(
    as_administrator, workstream, shop, now, create
) -> None:
    row = create(workstream)
    configuration.publish(by=None, now=now)
    row.delete()

    response = as_administrator.post(
        f"/workstreams/{workstream.pk}/channel-instances/{shop.pk}/edit/",
        CHAT | {"when_closed": "shown", "revision": 1},
    )

    [sentence] = response.context["form"].errors["name"]
    assert "Rules compare with this name: Of the shop (published)." in sentence
    assert ChannelInstance.objects.get().name == "Web shop"


@pytest.mark.parametrize("create", [classified, routed, ordered])
def test_a_name_that_waits_to_be_published_stays(
    as_administrator, administrator, workstream, shop, now, create
) -> None:
    configuration.publish(by=None, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    row = create(workstream)
    seen = configuration.draft()
    configuration.schedule_publication(
        by=administrator, now=now, due_at=now + HOUR, base=seen.base, state=seen.state
    )
    row.delete()

    response = as_administrator.post(
        f"/workstreams/{workstream.pk}/channel-instances/{shop.pk}/edit/",
        CHAT | {"when_closed": "shown", "revision": 1},
    )

    [sentence] = response.context["form"].errors["name"]
    assert "Rules compare with this name: Of the shop (scheduled)." in sentence
    assert ChannelInstance.objects.get().name == "Web shop"


def test_once_nothing_published_says_it_the_name_is_free(
    as_administrator, workstream, shop, now
) -> None:
    configuration.publish(by=None, now=now)

    as_administrator.post(
        f"/workstreams/{workstream.pk}/channel-instances/{shop.pk}/edit/",
        CHAT | {"when_closed": "shown", "revision": 1},
    )

    assert ChannelInstance.objects.get().name == "Store"


@pytest.mark.parametrize("create", [classified, routed, ordered])
def test_a_way_in_that_published_rules_compare_with_is_not_deleted(
    as_administrator, workstream, shop, now, create
) -> None:
    row = create(workstream)
    configuration.publish(by=None, now=now)
    row.delete()
    address = f"/workstreams/{workstream.pk}/channel-instances/{shop.pk}/delete/"

    asked, done = as_administrator.get(address), as_administrator.post(address)

    assert "Of the shop (published)" in asked.content.decode()
    assert done.status_code == 409
    assert ChannelInstance.objects.get() == shop


@pytest.fixture
def tier(workstream, now):
    """A context variable that published rules read, and no rules of the draft."""
    tier = workstream.context_variables.create(name="tier")
    ruleset = workstream.rulesets.create(kind="classification", name="Sort")
    ruleset.rules.create(name="Gold", then={"set": {"context.tier": "gold"}})
    configuration.publish(by=None, now=now)
    ruleset.delete()
    return tier


@pytest.mark.parametrize("wish", [{"name": "rank"}, {"type": "number"}])
def test_a_variable_that_published_rules_read_stays_as_it_is(
    as_administrator, workstream, tier, wish
) -> None:
    response = as_administrator.post(
        f"/workstreams/{workstream.pk}/context-variables/{tier.pk}/edit/",
        {"name": "tier", "type": "text"} | wish,
    )

    assert "Gold (published)" in str(response.context["form"].errors)


def test_a_variable_that_published_rules_read_is_not_deleted(
    as_administrator, workstream, tier
) -> None:
    as_administrator.post(f"/workstreams/{workstream.pk}/context-variables/{tier.pk}/delete/")

    assert workstream.context_variables.get() == tier
