"""What was read, seen, suggested or put away is so once, whoever says it at the same time."""

from datetime import datetime

from agents.models import Agent, User
from config.models import Event
from routing import service
from routing.actions.raise_alarm import raise_alarm
from routing.exceptions import AlarmSeen
from routing.models import Alarm, Assignment
from routing.terms import AlarmKind
from tests.factories.bots import make_assist_bot
from tests.races.together import queued_behind
from tests.scenarios import in_conversation
from workstreams.actions.mark_suggestion import mark_suggestion
from workstreams.actions.send_message import send_message
from workstreams.actions.suggest_to_agent import suggest_to_agent
from workstreams.models import Message, Suggestion, WorkItem, Workstream
from workstreams.terms import Author


def say(item: WorkItem, text: str, now: datetime) -> Message:
    return send_message(item_id=item.pk, author=Author.CUSTOMER, text=text, now=now)


def test_who_has_read_further_in_one_window_takes_nothing_back_in_the_other(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    first, second = say(item, "One", now), say(item, "Two", now)

    queued_behind(
        Assignment.objects.filter(item=item),
        lambda: service.mark_read(item_id=item.pk, by=agent, message_id=second.pk),
        lambda: service.mark_read(item_id=item.pk, by=agent, message_id=first.pk),
    )

    assert Assignment.objects.get(item=item).read_until == second.pk


def test_what_is_with_somebody_else_meanwhile_is_not_read_by_who_had_it(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    item = in_conversation(workstream, agent, now)
    said = say(item, "One", now)

    queued_behind(
        Assignment.objects.filter(item=item),
        lambda: service.mark_read(item_id=item.pk, by=agent, message_id=said.pk),
        then=lambda: service.release(item_id=item.pk, by=agent, now=now),
    )

    assert Assignment.objects.get(item=item).read_until < said.pk


def test_of_two_who_acknowledge_an_alarm_one_is_told(
    workstream: Workstream, supervisor: User, administrator: User, now: datetime
) -> None:
    error = ZeroDivisionError()
    alarm = raise_alarm(kind=AlarmKind.CYCLE_FAILED, error=error, now=now)
    assert alarm is not None

    outcomes = queued_behind(
        Alarm.objects.filter(pk=alarm.pk),
        lambda: service.acknowledge(alarm=alarm, by=supervisor),
        lambda: service.acknowledge(alarm=alarm, by=administrator),
    )

    assert [type(each) for each in outcomes if isinstance(each, AlarmSeen)] == [AlarmSeen]
    assert Event.objects.filter(kind="alarm-acknowledged").count() == 1


def test_two_jobs_that_ask_about_a_message_show_and_tell_of_the_cards_once(
    workstream: Workstream, agent: Agent, now: datetime
) -> None:
    workstream.assist_bots.add(make_assist_bot("Whisperer"))
    item = in_conversation(workstream, agent, now)
    message = say(item, "I want a refund", now)

    cards = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        *[lambda: suggest_to_agent(message_id=message.pk, now=now) for _ in range(2)],
    )

    assert sorted(cards) == [0, 1]
    assert Suggestion.objects.count() == 1
    assert Event.objects.filter(kind="suggestions-made").count() == 1


def test_a_card_is_used_or_put_away(workstream: Workstream, agent: Agent, now: datetime) -> None:
    workstream.assist_bots.add(make_assist_bot("Whisperer"))
    item = in_conversation(workstream, agent, now)
    suggest_to_agent(message_id=say(item, "I want a refund", now).pk, now=now)
    card = Suggestion.objects.get()

    queued_behind(
        Suggestion.objects.filter(pk=card.pk),
        lambda: mark_suggestion(suggestion=card, is_used=True, now=now),
        lambda: mark_suggestion(suggestion=card, is_used=False, now=now),
    )

    card.refresh_from_db()
    assert (card.used_at, card.dismissed_at) in ((now, None), (None, now))
