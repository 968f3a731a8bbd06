"""Leave to pick from a push workstream acts as the rest of its work distribution does."""

from dataclasses import replace

import pytest

from routing import configuration, service
from routing.exceptions import NotPickable
from routing.models import RoutingDecision
from routing.queries.desk import open_items
from routing.queries.desk_item import find_on_desk
from routing.queries.in_force import may_be_picked
from tests.scenarios import arrive
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.take_in import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def edit(reviewed, administrator, now):
    """Saves settings of the workstream, which wait for their review."""

    def edit(**settings):
        reviewed.refresh_from_db()
        edit_workstream(workstream=reviewed, by=administrator, now=now, **settings)

    return edit


def test_leave_to_pick_waits_for_its_review(reviewed, edit, publish, agent, now):
    item = arrive(reviewed, now)
    edit(may_be_picked=True)

    assert may_pick(item, agent) == (False, False)
    with pytest.raises(NotPickable):
        service.pick(item_id=item.pk, by=agent, now=now)

    publish()
    assert may_pick(item, agent) == (True, True)
    service.pick(item_id=item.pk, by=agent, now=now)


def test_leave_to_pick_from_a_workstream_that_was_never_published_waits_with_it(
    drafted_workstream, publish, agent, administrator, now
):
    edit_workstream(workstream=drafted_workstream, by=administrator, now=now, may_be_picked=True)
    item = take_in(workstream=drafted_workstream, now=now)

    assert may_pick(item, agent) == (False, False)
    with pytest.raises(NotPickable):
        service.pick(item_id=item.pk, by=agent, now=now)

    publish()
    assert may_pick(item, agent) == (True, True)
    service.pick(item_id=item.pk, by=agent, now=now)


@pytest.mark.parametrize("settings", [{"distributes": False}, {"distribution_mode": "pick"}])
def test_what_nobody_is_offered_is_picked_before_its_workstream_is_published(
    drafted_workstream, queue, agent, now, settings
):
    of = queue if "distributes" in settings else drafted_workstream
    type(of).objects.filter(pk=of.pk).update(**settings)
    drafted_workstream.refresh_from_db()
    item = take_in(workstream=drafted_workstream, now=now)

    service.pick(item_id=item.pk, by=agent, now=now)


def test_leave_that_is_taken_back_holds_until_that_is_published(
    reviewed, edit, publish, agent, now
):
    edit(may_be_picked=True)
    publish()
    item = arrive(reviewed, now)

    edit(may_be_picked=False)

    assert may_pick(item, agent) == (True, True)
    service.pick(item_id=item.pk, by=agent, now=now)


def test_the_draft_does_not_say_that_it_acts_already(edit):
    edit(may_be_picked=True)

    [entry] = configuration.draft().entries

    assert [each.field for each in entry.differences] == ["may be picked"]
    assert not entry.acts_already


@pytest.mark.parametrize("is_allowed", [True, False])
def test_what_was_published_before_versions_said_so_goes_by_the_row(
    reviewed, edit, now, is_allowed
):
    edit(may_be_picked=is_allowed)
    reviewed.refresh_from_db()
    item = arrive(reviewed, now)
    compiled = configuration.current().compiled
    silent = replace(compiled.workstreams[reviewed.pk], may_be_picked=None)
    older = replace(compiled, workstreams={reviewed.pk: silent})

    assert may_be_picked(item, older) is is_allowed


def test_the_decision_of_a_pick_names_the_version_that_allowed_it(
    reviewed, edit, publish, agent, now
):
    edit(may_be_picked=True)
    version = publish()
    item = arrive(reviewed, now)

    service.pick(item_id=item.pk, by=agent, now=now)

    assert RoutingDecision.objects.get(work_item_id=item.pk, agent_id=agent.pk).version == (
        version.number
    )


def may_pick(item, agent):
    """By the list of open work items, and by the item's own page."""
    [row], _ = open_items(agent)
    page = find_on_desk(item.pk, agent)
    return row.may_be_picked, page is not None and page.may_pick
