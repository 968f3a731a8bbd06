"""Two administrators who change the auto-close times at once, and work that closes meanwhile."""

from datetime import datetime, timedelta

from agents.models import User
from routing.sweeps import close_inactive
from tests.races.together import queued_behind, together
from tests.scenarios import arrive
from workstreams.actions.save_auto_close import save_auto_close
from workstreams.actions.send_message import send_message
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import AutoCloseTime, ServiceConfiguration, WorkItem, Workstream
from workstreams.queries.auto_close_times import auto_close_times
from workstreams.terms import Author, ItemState

LONG = timedelta(minutes=20)


def test_neither_change_is_lost(administrator: User, now: datetime) -> None:
    service, _ = ServiceConfiguration.objects.get_or_create(pk=1)

    def save(state: str, minutes: int) -> None:
        save_auto_close(times={"sms": {state: minutes}}, by=administrator, now=now)

    outcomes = queued_behind(
        ServiceConfiguration.objects.all(), lambda: save("open", 5), lambda: save("active", 6)
    )

    assert outcomes == [None, None]
    assert auto_close_times()["sms"] == {"open": 5, "active": 6, "wrap_up": 1440}
    assert ServiceConfiguration.objects.get().revision == service.revision + 2


def test_of_two_forms_one_is_told(administrator: User, now: datetime) -> None:
    service, _ = ServiceConfiguration.objects.get_or_create(pk=1)

    def save(minutes: int) -> str:
        save_auto_close(
            times={"sms": {"open": minutes}},
            by=administrator,
            now=now,
            revision=service.revision,
        )
        return "saved"

    outcomes = together(lambda: save(5), lambda: save(6))

    assert sorted(map(str, map(type, outcomes))) == sorted(map(str, [str, SavedMeanwhile]))
    assert AutoCloseTime.objects.count() == 1


def test_a_message_in_time_keeps_a_conversation_open(workstream: Workstream, now: datetime) -> None:
    item = arrive(workstream, now - LONG)

    def write() -> None:
        send_message(item_id=item.pk, author=Author.CUSTOMER, text="Here", now=now)

    closed = queued_behind(
        WorkItem.objects.filter(pk=item.pk),
        lambda: close_inactive.sweep(now=now, limit=10),
        then=write,
    )

    item.refresh_from_db()
    assert (closed, item.state) == ([0], ItemState.OPEN)
