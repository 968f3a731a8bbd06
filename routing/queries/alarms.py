"""Open alarms as supervisors read them: equal ones are one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Max, Min

from routing.models import Alarm
from routing.terms import MOST_OPEN_ALARMS, AlarmKind

SENTENCES: Final = {
    AlarmKind.ROUTING_FAILED: "The rules of {workstream} failed, so its work went to the queue"
    " that takes what cannot be routed.",
    AlarmKind.INTAKE_FAILED: "The intake rules failed, so records stay unrouted.",
    AlarmKind.CYCLE_FAILED: "Assigning the work of {queue} failed, so nobody is offered it.",
    AlarmKind.CANDIDATES_DRIFTED: "What the router remembered of agents was not what their rows"
    " say. It has read them again.",
}
HELP: Final = {
    AlarmKind.ROUTING_FAILED: "Look at the work item's explanation and at the rules last changed;"
    " move what is in the wrong queue.",
    AlarmKind.INTAKE_FAILED: "Look at the intake rules last changed; then route the unrouted"
    " records again.",
    AlarmKind.CYCLE_FAILED: "Agents can pick the work, and you can assign it by hand.",
    AlarmKind.CANDIDATES_DRIFTED: "Nothing for now: offers are checked again before they are made,"
    " so at worst one came late. Tell whoever runs Switchyard; the log names the agents.",
}


@dataclass(frozen=True, kw_only=True)
class OpenAlarm:
    """Failures of one sort in one place; ``alarm`` is the latest of them."""

    alarm: Alarm
    count: int
    since: datetime

    @property
    def sentence(self) -> str:
        return sentence_of(self.alarm)

    @property
    def help(self) -> str:
        return HELP[AlarmKind(self.alarm.kind)]

    @property
    def times(self) -> str:
        """How often, as far as it is counted."""
        more = "at least " if self.count >= MOST_OPEN_ALARMS else ""
        return "once" if self.count == 1 else f"{more}{self.count} times"


def sentence_of(alarm: Alarm) -> str:
    """What failed, and what became of the work."""
    names = {
        "workstream": alarm.workstream_name or "a workstream",
        "queue": f"queue {alarm.queue_name}" if alarm.queue_name else "all queues together",
    }
    return SENTENCES[AlarmKind(alarm.kind)].format(**names)


def open_alarms() -> list[OpenAlarm]:
    """The latest first; 2 queries, on the index of open alarms."""
    groups = list(
        Alarm.objects.filter(acknowledged_at=None)
        .order_by()
        .values("kind", "workstream_id", "queue_id")
        .annotate(count=Count("pk"), since=Min("at"), latest=Max("pk"))
    )
    latest = Alarm.objects.in_bulk([group["latest"] for group in groups])
    found = [
        OpenAlarm(alarm=latest[group["latest"]], count=group["count"], since=group["since"])
        for group in groups
        if group["latest"] in latest
    ]
    return sorted(found, key=lambda each: each.alarm.pk, reverse=True)
