"""What work waits for although nobody works on it is listed by cause, until it is mended."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from agents.models import Agent, AgentPresence, AgentSkill, OperatingHours
from config.models import Event
from routing import configuration, service
from routing.exceptions import BlockerGone
from routing.models import AgentLoad, Blocker, ProfileLoad, QueueDuty
from routing.queries.blockers import blockers
from routing.sweeps import note_blockers
from tests.factories import (
    make_agent,
    make_item,
    make_profile,
    make_queue,
    make_skill,
    make_workstream,
)
from workstreams.models import Queue, QueueMembership

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def waiting(workstream, now):
    """One that has waited for a quarter of an hour."""

    def wait(**fields):
        item = make_item(workstream, at=now - 15 * MINUTE, required_units=1, **fields)
        configuration.publish(by=None, now=now)
        return item

    return wait


def causes(now):
    note_blockers.sweep(now=now, limit=100)
    return [(row.cause, row.detail, row.number_of_items) for row in Blocker.objects.order_by("pk")]


def offline(*agents):
    AgentPresence.objects.filter(agent__in=agents).update(base="offline")


def test_a_queue_nobody_serves(waiting, now):
    waiting()
    waiting()

    assert causes(now) == [("no_members", "", 2)]
    [row], _ = blockers(now)
    assert row.sentence == "Nobody serves the queue Support."
    assert row.links[0].url.endswith("#members")


def test_picked_work_of_a_queue_nobody_serves_is_listed_too(now):
    make_item(make_workstream(queue=make_queue("Lost"), mode="pick"), at=now - 15 * MINUTE)
    configuration.publish(by=None, now=now)

    assert causes(now) == [("no_members", "", 1)]


@pytest.mark.parametrize("is_anyone_there", [False, True])
def test_picked_work_waits_for_somebody_to_sign_in_who_may_pick_it(now, is_anyone_there):
    queue = make_queue("Mail")
    agents = [make_agent(queues=[queue]) for _ in range(2)]
    make_item(make_workstream(queue=queue, mode="pick"), at=now - 15 * MINUTE)
    configuration.publish(by=None, now=now)
    offline(*agents[is_anyone_there:])

    assert causes(now) == ([] if is_anyone_there else [("offline", "", 1)])
    rows, _ = blockers(now)
    sentences = [row.sentence for row in rows]
    assert is_anyone_there or sentences == ["All members of Mail who could take it are offline."]


def test_members_who_are_all_disabled(waiting, agent, now):
    waiting()
    Agent.objects.update(is_enabled=False)

    assert causes(now) == [("disabled", "", 1)]


def test_a_skill_nobody_has_is_named_with_its_page_whoever_is_signed_in(
    waiting, workstream, agent, now
):
    type(workstream).objects.update(skill_matching="exact")
    german, welsh = make_skill("German"), make_skill("Welsh")
    AgentSkill.objects.create(agent=agent, skill=german, rating=9)
    offline(agent)
    waiting(required_skills=[[german.pk, None], [welsh.pk, None]], requirement_key="welsh")

    assert causes(now) == [("skill", "Welsh", 1)]
    [row], _ = blockers(now)
    assert row.sentence == "No member of Support has Welsh."
    assert row.links[0].url == f"/skills/{welsh.pk}/"


def test_capacity_nobody_has(waiting, agent, now):
    chats = make_profile("Chats")
    waiting(required_profiles=[chats.pk])

    assert causes(now) == [("capacity", "Chats", 1)]


def test_units_beyond_everybodys_limit(waiting, agent, now):
    Agent.objects.update(capacity_units=0)
    waiting()

    assert causes(now) == [("capacity", "1 unit", 1)]


def test_nobody_signed_in(waiting, agent, second_agent, now):
    offline(agent, second_agent)
    waiting()

    assert causes(now) == [("offline", "", 1)]


def test_who_is_offline_and_may_have_it_is_full(waiting, workstream, agent, now):
    type(workstream).objects.update(allowed_presences=["available", "offline"])
    offline(agent)
    AgentLoad.objects.filter(agent=agent).update(units_used=3)
    waiting()

    assert causes(now) == [("full", "", 1)]


def test_presences_that_get_none_of_it(waiting, agent, now):
    AgentPresence.objects.filter(agent=agent).update(base="away")
    waiting()

    assert causes(now) == [("presence", "", 1)]


def test_all_full_for_long_names_the_profile_that_is_full(waiting, queue, now):
    chats, total = make_profile("Chats", limit=1), make_profile("Total", limit=5)
    agent = make_agent("wanda", queues=[queue], profiles=[chats, total])
    ProfileLoad.objects.create(agent=agent, profile=chats, used=1)
    waiting(required_profiles=[chats.pk, total.pk])

    assert causes(now) == [("full", "Chats", 1)]
    [row], _ = blockers(now)
    assert row.sentence == (
        "Work has waited for more than ten minutes, and all members of Support who are there for"
        " it are full: Chats."
    )


def test_who_is_not_to_be_disturbed_because_of_his_work_is_full(
    waiting, agent, second_agent, queue, now
):
    AgentPresence.objects.filter(agent=agent).update(base="busy_dnd")
    AgentLoad.objects.filter(agent=agent).update(units_used=3)
    AgentPresence.objects.filter(agent=second_agent).update(base="away")
    waiting()

    assert causes(now) == [("full", "", 1)]


def test_who_chose_not_to_be_disturbed_has_a_presence_that_gets_nothing(waiting, agent, now):
    AgentPresence.objects.filter(agent=agent).update(base="busy_dnd", is_manual=True)
    waiting()

    assert causes(now) == [("presence", "", 1)]


def test_all_full_for_a_short_time_is_no_alarm(waiting, workstream, agent, now):
    AgentLoad.objects.filter(agent=agent).update(units_used=3)
    item = waiting()
    type(item).objects.update(waiting_since=now - 9 * MINUTE)

    assert causes(now) == []


def test_who_could_take_it_is_no_blocker(waiting, agent, now):
    waiting()

    assert causes(now) == []


def test_outside_the_hours_of_its_queue_nobody_is_expected(waiting, queue, agent, now):
    queue.operating_hours = OperatingHours.objects.create(name="Never")
    queue.save()
    offline(agent)
    waiting()

    assert causes(now) == []


def test_what_has_only_just_come_is_not_asked_about(waiting, workstream, now):
    item = waiting()
    type(item).objects.update(waiting_since=now - timedelta(seconds=59))

    assert causes(now) == []


def test_the_time_with_an_agent_is_no_wait(waiting, agent, now):
    offline(agent)
    waiting(put_back_at=now - timedelta(seconds=59))
    assert causes(now) == []

    assert causes(now + 9 * MINUTE) == []
    assert causes(now + 10 * MINUTE) == [("offline", "", 1)]
    assert Blocker.objects.get().oldest_since == now - timedelta(seconds=59)


def test_it_is_noted_once_with_one_event_and_goes_when_it_is_mended(waiting, queue, now):
    waiting()
    assert [note_blockers.sweep(now=now, limit=100) for _ in range(2)] == [1, 0]
    assert Event.objects.filter(kind="blocker-noted").count() == 1

    make_agent("wanda", queues=[queue])

    assert note_blockers.sweep(now=now + MINUTE, limit=100) == 1
    assert not Blocker.objects.exists()


def test_who_works_on_it_takes_it_off_the_alarms_until_his_time_is_over(waiting, supervisor, now):
    waiting()
    note_blockers.sweep(now=now, limit=100)
    row = Blocker.objects.get()

    service.work_on_blocker(blocker_id=row.pk, minutes=60, by=supervisor, now=now)
    waiting()
    note_blockers.sweep(now=now + MINUTE, limit=100)

    alarming, [known] = blockers(now + 59 * MINUTE)
    assert (alarming, known.row.acknowledged_by) == ([], "sven")
    assert known.row.number_of_items == 2
    assert [each.row.pk for each in blockers(now + 60 * MINUTE)[0]] == [row.pk]


def test_what_is_mended_cannot_be_worked_on(waiting, supervisor, now):
    with pytest.raises(BlockerGone):
        service.work_on_blocker(blocker_id=1, minutes=60, by=supervisor, now=now)


def test_the_database_knows_no_half_acknowledgement(queue, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Blocker.objects.create(
            queue=queue, cause="full", number_of_items=1, first_item_id=1, oldest_since=now,
            noted_at=now, acknowledged_by="sven",
        )  # fmt: skip


def test_many_groups_are_asked_about_with_the_same_number_of_queries(
    waiting, queue, now, django_assert_num_queries
):
    for number in range(20):
        waiting(requirement_key=f"key-{number}")
    make_agent("wanda", queues=[queue], presence="away")
    note_blockers.sweep(now=now, limit=100)

    with django_assert_num_queries(10):
        note_blockers.sweep(now=now + MINUTE, limit=100)


def test_a_queue_is_looked_at_once_a_minute_and_the_longest_ago_first(now):
    for name in ("one", "two", "three"):
        make_item(make_workstream(name, queue=make_queue(name)), at=now - 15 * MINUTE)
    configuration.publish(by=None, now=now)

    looked_at = []
    for seconds in (0, 10, 20, 60):
        note_blockers.sweep(now=now + timedelta(seconds=seconds), limit=2)
        looked_at.append(
            list(
                QueueDuty.objects.filter(done_at=now + timedelta(seconds=seconds))
                .order_by("queue")
                .values_list("queue__name", flat=True)
            )
        )

    assert looked_at == [["one", "two"], ["three"], [], ["one", "two"]]


def test_of_a_queue_so_many_groups_are_asked_about_the_longest_waiting_first(
    waiting, queue, now, monkeypatch
):
    monkeypatch.setattr(note_blockers, "GROUPS_OF_QUEUE", 3)
    make_agent("ada", queues=[queue])
    welsh = make_skill("Welsh")
    for number in range(5):
        item = waiting(requirement_key=f"key-{number}", required_skills=[[welsh.pk, None]])
        type(item).objects.filter(pk=item.pk).update(waiting_since=now - number * 2 * MINUTE)

    assert causes(now) == [("skill", "Welsh", 3)]
    assert Blocker.objects.get().is_at_least
    assert Blocker.objects.get().oldest_since == now - 8 * MINUTE


@pytest.mark.parametrize("cause", ["no_members", "disabled"])
def test_what_keeps_all_of_a_queue_is_counted_whole_however_many_groups_wait(
    waiting, queue, now, monkeypatch, cause
):
    monkeypatch.setattr(note_blockers, "GROUPS_OF_QUEUE", 3)
    if cause == "disabled":
        nobody = make_agent("ada", queues=[queue])
        type(nobody).objects.filter(pk=nobody.pk).update(is_enabled=False)
    for number in range(5):
        waiting(requirement_key=f"key-{number}")
        waiting(requirement_key=f"key-{number}:{number}")

    assert causes(now) == [(cause, "", 10)]
    assert not Blocker.objects.get().is_at_least


def test_queues_with_many_groups_are_looked_at_a_minute_later(now, monkeypatch):
    monkeypatch.setattr(note_blockers, "MOST_GROUPS", 3)
    for name in ("one", "two", "three"):
        workstream = make_workstream(name, queue=make_queue(name))
        for key in ("plain", "special"):
            make_item(workstream, at=now - 15 * MINUTE, requirement_key=key)
    configuration.publish(by=None, now=now)

    done = [note_blockers.sweep(now=now + number * MINUTE, limit=9) for number in range(3)]

    assert done == [1, 1, 1]
    assert [row.number_of_items for row in Blocker.objects.all()] == [2, 2, 2]


def test_the_list_is_read_in_two_queries(waiting, now, django_assert_num_queries):
    waiting()
    other: Queue = make_queue("Other")
    QueueMembership.objects.filter(queue=other).delete()
    note_blockers.sweep(now=now, limit=100)

    with django_assert_num_queries(1):
        blockers(now)
