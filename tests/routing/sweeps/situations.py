"""What makes each sweep have something to do."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib.sessions.models import Session

from agents.actions.note_window import note_window
from agents.models import (
    Agent,
    AgentCapacityProfile,
    AgentPresence,
    AgentSession,
    CapacityProfile,
    OperatingHours,
    OperatingPeriod,
    Presence,
)
from config.models import Event, IdempotentAnswer
from routing import configuration, service
from routing.models import (
    AgentLoad,
    Alarm,
    RecordBatch,
    RoutingDecision,
    ScheduledPublication,
)
from routing.sweeps import (
    miss_offers,
    note_days,
    take_offline,
    wake_shifts,
)
from routing.terms import AlarmKind
from tests.factories import (
    make_agent,
    make_chat_widget,
    make_notification_template,
    make_overflow,
    make_profile,
    make_queue,
    make_route,
    make_workstream,
)
from tests.factories.bots import make_bot, with_bot
from tests.scenarios import arrive, in_conversation, in_wrap_up
from workstreams.actions.note_visit import note_departure, note_visit
from workstreams.actions.take_in import take_in
from workstreams.models import Bot, ChatStart, Consult, Queue, ServiceConfiguration, Workstream
from workstreams.terms import OverflowCondition

LATER: Final = timedelta(minutes=40)
LONG_AGO: Final = timedelta(days=400)
ROWS: Final = 3
Prepare = Callable[[datetime], Any]


def served(name: str, **fields: Any) -> tuple[Workstream, Any]:
    """A workstream, and an agent of its queue with room."""
    queue = make_queue(name)
    agent = make_agent(f"{name}-agent", queues=[queue], units=9)
    return make_workstream(name, queue=queue, **fields), agent


def offers(now: datetime) -> None:
    workstream, _ = served("offers")
    for _ in range(ROWS):
        arrive(workstream, now)
    service.run_cycle(now=now)


def consults(now: datetime) -> None:
    workstream, agent = served("consults")
    item = in_conversation(workstream, agent, now)
    for number in range(ROWS):
        adviser = make_agent(f"expert-{number}", presence="busy")
        service.consult(item_id=item.pk, by=agent, agent=adviser, now=now)


def wrap_ups(now: datetime) -> None:
    workstream, agent = served("wrap-ups", wrap_up_block="custom", wrap_up_seconds=60)
    for _ in range(ROWS):
        in_wrap_up(workstream, agent, now)


def work_that_came_early(now: datetime) -> None:
    configuration.publish(by=None, now=now)
    workstream, _ = served("early")
    for _ in range(ROWS):
        take_in(workstream=workstream, title="Help", now=now)
    configuration.publish(by=None, now=now)


def work_that_needs_more(now: datetime) -> None:
    for number in range(ROWS):
        arrive(make_workstream(f"grows-{number}", queue=make_queue(f"grows-{number}")), now)
    Workstream.objects.update(capacity_units=3)
    configuration.publish(by=None, now=now)


def work_of_the_day(now: datetime) -> None:
    profile = make_profile("A day's", limit=9)
    workstream, agent = served("by the day", capacity_format="profile")
    workstream.capacity_profiles.add(profile)
    AgentCapacityProfile.objects.create(agent=agent, profile=profile)
    for _ in range(ROWS):
        in_conversation(workstream, agent, now)
    CapacityProfile.objects.update(reset_frequency="end_of_day")


def days_that_end(now: datetime) -> None:
    work_of_the_day(now)
    end_soon(now)
    note_days.sweep(now=now, limit=ROWS)


def days_that_become_shorter(now: datetime) -> None:
    work_of_the_day(now)
    end_soon(now, after=timedelta(hours=5))
    note_days.sweep(now=now, limit=ROWS)
    end_soon(now)


def end_soon(now: datetime, *, after: timedelta = LATER / 2) -> None:
    """Every agent's day, where it is about noon: whenever this runs, midnight is far away."""
    zone = f"Etc/GMT{now.astimezone(UTC).hour - 12:+d}"
    ends = (now + after).astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
    hours = OperatingHours.objects.create(name=f"Until {ends:%H:%M}", time_zone=zone)
    OperatingPeriod.objects.create(
        hours=hours, weekday=ends.weekday(), start=time(0), end=ends.time()
    )
    Agent.objects.update(operating_hours=hours)


def long_waits(now: datetime) -> None:
    queue: Queue = make_queue("short")
    spare = make_queue("spare")
    make_overflow(queue, OverflowCondition.WAITING_TIME, "", threshold=300, to=spare)
    workstream = make_workstream("impatient", queue=queue, mode="pick")
    make_route(workstream)
    for _ in range(ROWS):
        arrive(workstream, now)


def publications(now: datetime) -> None:
    configuration.publish(by=None, now=now)
    make_queue("new")
    ScheduledPublication.objects.create(
        at=now, due_at=now + timedelta(minutes=1), base=configuration.current().number
    )


def talks_with_bots(now: datetime) -> None:
    workstream = with_bot(
        make_workstream("bots", queue=make_queue("after bots")), make_bot("Helper")
    )
    for _ in range(ROWS):
        arrive(workstream, now, first_message="hello")


def orphans_of_bots(now: datetime) -> None:
    talks_with_bots(now)
    Bot.objects.update(is_enabled=False)


def idle_chats(now: datetime) -> None:
    workstream = make_workstream("idle", queue=make_queue("nobody"), mode="pick")
    for _ in range(ROWS):
        arrive(workstream, now)


def drifted_loads(now: datetime) -> None:
    for number in range(ROWS):
        AgentLoad.objects.filter(agent=make_agent(f"drifted-{number}")).update(units_used=1)


def customers_who_left(now: datetime) -> None:
    workstream, agent = served("left")
    for _ in range(ROWS):
        item = in_conversation(workstream, agent, now)
        note_visit(item_id=item.pk, now=now)
        note_departure(item_id=item.pk, now=now)


def agents_with_an_old_base(now: datetime) -> None:
    lunch = Presence.objects.create(name="lunch", text="Lunch", base="available")
    for number in range(ROWS):
        make_agent(f"early-{number}", presence="lunch")
    Presence.objects.filter(pk=lunch.pk).update(base="away")


def agents_who_left(now: datetime) -> None:
    for number in range(ROWS):
        note_window(agent=make_agent(f"gone-{number}"), key=uuid4(), now=now)


def unseen_work(now: datetime) -> None:
    template = make_notification_template(
        agents_may_decline=False, auto_assign=True, countdown_seconds=60
    )
    workstream, agent = served("unseen", supervisor_assign_template=template)
    AgentPresence.objects.filter(agent=agent).update(
        presence=Presence.objects.get(name="offline"), base="offline"
    )
    for _ in range(ROWS):
        item = arrive(workstream, now)
        service.assign(item_id=item.pk, agent=agent, by=agent.user, override=True, now=now)
    miss_offers.sweep(now=now + timedelta(seconds=60), limit=10)


def chats_left_alone(now: datetime) -> None:
    workstream, agent = served("alone")
    for _ in range(ROWS):
        in_conversation(workstream, agent, now)
    note_window(agent=agent, key=uuid4(), now=now)
    take_offline.sweep(now=now + timedelta(seconds=90), limit=10)


def shifts(now: datetime) -> None:
    for number in range(ROWS):
        hours = OperatingHours.objects.create(name=f"Shift {number}")
        # Whatever the time of day is: from half way to the sweep on, over midnight too.
        begins = now + LATER / 2
        for day, start, end in (
            (begins.weekday(), begins.time(), time(0)),
            ((begins.weekday() + 1) % 7, time(0), time(6)),
        ):
            OperatingPeriod.objects.create(hours=hours, weekday=day, start=start, end=end)
        make_agent(f"shift-{number}")
        Agent.objects.filter(user__username=f"shift-{number}").update(operating_hours=hours)
    configuration.publish(by=None, now=now)
    wake_shifts.sweep(now=now, limit=10)


def advice_that_ended(now: datetime) -> None:
    ServiceConfiguration.objects.update_or_create(
        pk=1, defaults={"agent_consults_hold_capacity": True}
    )
    consults(now)
    for consult in Consult.objects.select_related("agent", "asked_by__user"):
        assert consult.agent is not None
        service.accept_consult(consult_id=consult.pk, by=consult.agent, now=now)
        service.end_consult(consult_id=consult.pk, by=consult.asked_by.user, now=now)


def old_events(now: datetime) -> None:
    for _ in range(ROWS):
        Event.objects.create(kind="presence-changed", at=now - LONG_AGO)


def old_decisions(now: datetime) -> None:
    for _ in range(ROWS):
        RoutingDecision.objects.create(
            work_item_id=1, stage="routing", version=1, at=now - LONG_AGO, document={}
        )


def old_alarms(now: datetime) -> None:
    for number in range(ROWS):
        Alarm.objects.create(
            kind=AlarmKind.CYCLE_FAILED,
            at=now - LONG_AGO - timedelta(seconds=number),
            acknowledged_at=now - LONG_AGO,
            acknowledged_by="ada",
        )


def old_batches(now: datetime) -> None:
    for _ in range(ROWS):
        RecordBatch.objects.create(created_at=now - LONG_AGO, finished_at=now - LONG_AGO, total=0)


def old_sessions(now: datetime) -> None:
    for number in range(ROWS):
        agent = make_agent(f"signed-in-{number}")
        AgentSession.objects.create(agent=agent, key=uuid4(), begun_at=now - LONG_AGO)


def old_answers(now: datetime) -> None:
    who = make_agent().user
    for number in range(ROWS):
        IdempotentAnswer.objects.create(user=who, key=f"key {number}", request_digest="")
    IdempotentAnswer.objects.update(created_at=now - LONG_AGO)


def old_chat_starts(now: datetime) -> None:
    widget = make_chat_widget(make_workstream("Chat"), "shop")
    for _ in range(ROWS):
        ChatStart.objects.create(instance=widget, address_digest="", at=now - LONG_AGO)


def old_sign_ins(now: datetime) -> None:
    for number in range(ROWS):
        Session.objects.create(session_key=f"old-{number}", expire_date=now - LONG_AGO)


def queues_with_blocked_work(now: datetime) -> None:
    for number in range(ROWS):
        arrive(make_workstream(f"lost-{number}", queue=make_queue(f"lost-{number}")), now)


def queues_with_taken_work(now: datetime) -> None:
    for number in range(ROWS):
        workstream, agent = served(f"quick-{number}")
        in_conversation(workstream, agent, now)


# What makes each sweep have something to do forty minutes later, and how many rows that is.
SITUATIONS: Final[dict[str, tuple[Prepare, int]]] = {
    "miss_offers": (offers, ROWS),
    "miss_consults": (consults, ROWS),
    "tell_departures": (customers_who_left, ROWS),
    "disconnect_customers": (customers_who_left, ROWS),
    "take_offline": (agents_who_left, ROWS),
    "carry_bases": (agents_with_an_old_base, ROWS),
    "return_unseen": (unseen_work, ROWS),
    "return_dropped": (chats_left_alone, ROWS),
    "release_wrap_up": (wrap_ups, ROWS),
    "renew_needs": (work_that_needs_more, ROWS),
    "route_published": (work_that_came_early, ROWS),
    "note_days": (work_of_the_day, ROWS),
    "end_days": (days_that_end, ROWS),
    "end_shorter_days": (days_that_become_shorter, ROWS),
    "release_consults": (advice_that_ended, ROWS),
    "overflow_waiting": (long_waits, ROWS),
    "publish_scheduled": (publications, 1),
    "wake_shifts": (shifts, ROWS),
    "leave_bots": (orphans_of_bots, ROWS),
    "close_inactive": (idle_chats, ROWS),
    "close_silent_bots": (talks_with_bots, ROWS),
    "recount_capacity": (drifted_loads, ROWS),
    "note_blockers": (queues_with_blocked_work, ROWS),
    "average_waits": (queues_with_taken_work, ROWS),
    "purge_events": (old_events, ROWS),
    "purge_decisions": (old_decisions, ROWS),
    "purge_alarms": (old_alarms, ROWS),
    "purge_record_batches": (old_batches, ROWS),
    "purge_sessions": (old_sessions, ROWS),
    "purge_sign_ins": (old_sign_ins, ROWS),
    "purge_answers": (old_answers, ROWS),
    "purge_chat_starts": (old_chat_starts, ROWS),
}
