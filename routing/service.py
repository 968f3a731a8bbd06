"""The one door to routing work: views, receivers, sweeps and commands call only this.

Every function sets ``now`` (database time, which some actions read behind their lock), calls one
action, and refuses with the exceptions the action names. Items are named by id.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from agents.models import Agent, Skill, User
from config.clock import database_now
from routing import configuration
from routing.actions.accept_offer import accept_offer
from routing.actions.acknowledge_alarm import acknowledge_alarm
from routing.actions.acknowledge_blocker import acknowledge_blocker
from routing.actions.assign_item import assign_item
from routing.actions.assign_record import assign_record as assign_record_to
from routing.actions.change_item_skills import change_item_skills
from routing.actions.close_item import close_item, force_close_item
from routing.actions.consults import answer_consult
from routing.actions.consults.ask_consult import ask_consult
from routing.actions.consults.end_consult import end_consult as end_one_consult
from routing.actions.consults.hand_over import hand_over as hand_over_to_adviser
from routing.actions.consults.join_conversation import add_to_conversation, join_as_supervisor
from routing.actions.consults.write_note import write_note as write_consult_note
from routing.actions.decline_offer import decline_offer
from routing.actions.end_item import end_item
from routing.actions.leave_conversation import leave_conversation
from routing.actions.mark_read import mark_read as mark_read_by
from routing.actions.monitor_item import monitor_item
from routing.actions.pick_item import pick_item
from routing.actions.raise_alarm import raise_alarm
from routing.actions.release_item import release_item
from routing.actions.reopen_item import reopen_item
from routing.actions.route_item import route_item
from routing.actions.route_record import RoutedRecord
from routing.actions.route_record import route_record as route_record_by_rules
from routing.actions.start_record_batch import start_record_batch
from routing.actions.transfer_item import transfer_item
from routing.dispatcher.candidates import Candidates
from routing.dispatcher.compare import compare_with_rows
from routing.dispatcher.cycle import BATCH_SIZE, CycleResult
from routing.dispatcher.cycle import run_cycle as run_one_cycle
from routing.dispatcher.enough import Allowance
from routing.dispatcher.patience import Patience
from routing.models import Alarm, Assignment, Blocker, ConfigurationVersion, RecordBatch
from routing.terms import AlarmKind
from workstreams.models import Consult, ConsultNote, Queue, Record, WorkItem
from workstreams.terms import ItemState


def route(*, item_id: int, now: datetime | None = None) -> WorkItem:
    """Classify an open item and choose its queue, in the caller's transaction."""
    return route_item(item_id=item_id, now=now or database_now())


def route_record(
    *, record_id: int, by: User, takes_back: bool = False, now: datetime | None = None
) -> RoutedRecord:
    """Send a record through its intake rules, or again. RecordRoutingOff, RecordNotActive,
    RecordInWork (unless ``takes_back``), NotForSupervisors."""
    return route_record_by_rules(
        record_id=record_id, by=by.username, takes_back=takes_back, now=now or database_now()
    )


def route_records(
    *, records: "QuerySet[Record]", by: User, now: datetime | None = None
) -> RecordBatch:
    """Have a worker route many records. NoRecords, TooManyRecords."""
    return start_record_batch(records=records, by=by, now=now or database_now())


def assign_record(
    *, record_id: int, agent: Agent | None, by: User, now: datetime | None = None
) -> WorkItem:
    """Say who works on a record; None puts it back. RecordHasNoWork, AgentDisabled,
    NotForSupervisors."""
    return assign_record_to(record_id=record_id, agent=agent, by=by, now=now or database_now())


def run_cycle(
    *,
    queue_ids: list[int] | None = None,
    epoch: int = 0,
    limit: int = BATCH_SIZE,
    batches: int = 1,
    candidates: Candidates | None = None,
    so_far: Callable[[], Sequence[int] | None] | None = None,
    patience: Patience | None = None,
    allowance: Allowance | None = None,
    now: datetime | None = None,
) -> CycleResult:
    """Match waiting items to agents once; without ids in all queues. ``so_far`` gives the ids of
    a moment at which all ``candidates`` are known; of cycles in a row one waits for what is held,
    by their ``patience``, and each decides for longer until all is decided, by ``allowance``."""
    return run_one_cycle(
        queue_ids=queue_ids,
        epoch=epoch,
        limit=limit,
        batches=batches,
        candidates=candidates,
        so_far=so_far,
        patience=patience,
        allowance=allowance,
        now=now or database_now(),
    )


def compare_candidates(*, candidates: Candidates, now: datetime | None = None) -> int:
    """Compare what the router remembers of some agents with their rows; how many differed."""
    return compare_with_rows(candidates=candidates, now=now or database_now())


def pick(*, item_id: int, by: Agent, now: datetime | None = None) -> Assignment:
    """An agent takes an open item. AlreadyTaken, NotAMember, NotPickable."""
    return pick_item(item_id=item_id, by=by, now=now)


def accept(*, item_id: int, by: Agent, now: datetime | None = None) -> Assignment:
    """An agent accepts his pending offer. OfferExpired, AlreadyTaken."""
    return accept_offer(item_id=item_id, by=by, now=now)


def decline(*, item_id: int, by: Agent, now: datetime | None = None) -> bool:
    """An agent declines his pending offer; whether it is back in its queue, or overflowed.
    OfferExpired, MayNotDecline."""
    return decline_offer(item_id=item_id, by=by, now=now or database_now())


def mark_read(*, item_id: int, by: Agent, message_id: int) -> None:
    """An agent had the conversation that is with him before his eyes, until this message."""
    mark_read_by(item_id=item_id, by=by, message_id=message_id)


def change_skills(
    *,
    item_id: int,
    by: User,
    add: Mapping[Skill, int | None] | None = None,
    remove: Collection[Skill] = (),
    agent: Agent | None = None,
    now: datetime | None = None,
) -> None:
    """Say what skills an item needs; ``agent`` for one's own work. NotYourItem, SkillsAreFixed,
    AlreadyOver, TooManySkills, RatingOutOfRange."""
    change_item_skills(
        item_id=item_id,
        add=add or {},
        remove=remove,
        by=by,
        agent=agent,
        now=now or database_now(),
    )


def release(*, item_id: int, by: Agent, now: datetime | None = None) -> None:
    """An agent puts his item back into its queue. NotYourItem, IllegalMove."""
    release_item(item_id=item_id, by=by, now=now or database_now())


def end(
    *, item_id: int, by: Agent, read_until: int | None = None, now: datetime | None = None
) -> None:
    """An agent ends the conversation that he has read until this message; after-work begins.
    NotYourItem, CustomerWroteSince."""
    end_item(item_id=item_id, by=by, read_until=read_until, now=now)


def close(
    *, item_id: int, by: Agent, read_until: int | None = None, now: datetime | None = None
) -> ItemState:
    """An agent closes the session: after wrap-up for good, before the end it waits in its queue or
    for its customer. NotYourItem, CustomerWroteSince."""
    return close_item(item_id=item_id, by=by, read_until=read_until, now=now)


def reopen(*, item_id: int, by: Agent, now: datetime | None = None) -> Assignment:
    """An agent takes up again his conversation that waits for its customer. NotYourItem."""
    return reopen_item(item_id=item_id, by=by, now=now or database_now())


def force_close(
    *, item_id: int, by: User, seen: str | None = None, now: datetime | None = None
) -> None:
    """A supervisor closes an unfinished item. MovedMeanwhile where it is not as ``seen``."""
    force_close_item(item_id=item_id, by=by, seen=seen, now=now or database_now())


def transfer(
    *,
    item_id: int,
    by: User,
    queue: Queue | None = None,
    agent: Agent | None = None,
    seen: str | None = None,
    now: datetime | None = None,
) -> None:
    """To one queue or agent. NoDestination, NotYourItem, HasItAlready, QueueEmpty,
    QueueNotPublished, WrongQueueType, PresenceNotAllowed, MovedMeanwhile."""
    now = now or database_now()
    transfer_item(item_id=item_id, by=by, queue=queue, agent=agent, seen=seen, now=now)


def assign(
    *,
    item_id: int,
    agent: Agent,
    by: User,
    override: bool = False,
    seen: str | None = None,
    now: datetime | None = None,
) -> Assignment:
    """A supervisor offers an open item to an agent. AlreadyTaken, IllegalMove, MovedMeanwhile,
    PresenceNotAllowed, NoCapacityLeft (the last two unless ``override``)."""
    now = now or database_now()
    return assign_item(item_id=item_id, agent=agent, by=by, override=override, seen=seen, now=now)


def consult(
    *,
    item_id: int,
    by: Agent,
    agent: Agent | None = None,
    queue: Queue | None = None,
    question: str = "",
    now: datetime | None = None,
) -> Consult:
    """An agent asks another one, or a queue, for advice. NoConsultant, NotYourItem,
    NotInConversation, AgentNotThere, NobodyThere, NobodyElseThere, AlreadyConsulted,
    AlreadyAdvised, TooManyConsults."""
    return ask_consult(
        item_id=item_id,
        by=by,
        agent=agent,
        queue=queue,
        question=question,
        now=now or database_now(),
    )


def accept_consult(*, consult_id: int, by: Agent, now: datetime | None = None) -> Consult:
    """Read along and advise. AlreadyAdvised, ConsultOver, AdvisingAlready, AskedByName."""
    return answer_consult.accept_consult(consult_id=consult_id, by=by, now=now or database_now())


def decline_consult(*, consult_id: int, by: Agent, now: datetime | None = None) -> None:
    """Do not advise. ConsultOver, AskedOfQueue, AlreadyAdvised, AdvisingAlready."""
    answer_consult.decline_consult(consult_id=consult_id, by=by, now=now or database_now())


def add_consultant(*, consult_id: int, by: Agent, now: datetime | None = None) -> Consult:
    """The agent who asked lets his adviser talk to the customer. NotAnsweredYet, ConsultOver,
    NotInConversation."""
    return add_to_conversation(consult_id=consult_id, by=by, now=now or database_now())


def hand_over(*, consult_id: int, by: Agent, now: datetime | None = None) -> Consult:
    """The work goes to the adviser. NotAnsweredYet, ConsultOver, and what ``transfer`` refuses."""
    return hand_over_to_adviser(consult_id=consult_id, by=by, now=now or database_now())


def end_consult(*, consult_id: int, by: User, now: datetime | None = None) -> None:
    """Take the request back, send the adviser away, or leave."""
    end_one_consult(consult_id=consult_id, by=by, now=now or database_now())


def write_note(
    *, consult_id: int, by: Agent, text: str, client_key: UUID, now: datetime | None = None
) -> ConsultNote:
    """Say something that the customer never reads. ConsultOver, MessageEmpty, MessageTooLong."""
    return write_consult_note(
        consult_id=consult_id, by=by, text=text, client_key=client_key, now=now or database_now()
    )


def monitor(*, item_id: int, by: User, now: datetime | None = None) -> None:
    """A supervisor watches a conversation of somebody else. NotInConversation."""
    monitor_item(item_id=item_id, by=by, now=now or database_now())


def join(*, item_id: int, by: Agent, now: datetime | None = None) -> Consult:
    """A supervisor talks in a conversation of somebody else. NotInConversation."""
    return join_as_supervisor(item_id=item_id, by=by, now=now or database_now())


def leave(*, item_id: int, now: datetime | None = None) -> None:
    """The customer ends the conversation. OnlyAgentsEnd, NoCustomerInIt."""
    leave_conversation(item_id=item_id, now=now or database_now())


def edited(*, by: User | None, now: datetime | None = None) -> ConfigurationVersion | None:
    """Configuration was edited: published at once, or kept in the draft while review is on."""
    return configuration.edited(by=by, now=now or database_now())


def publish(
    *, by: User | None, note: str = "", now: datetime | None = None
) -> ConfigurationVersion | None:
    """Publish what was edited; None when nothing changed."""
    return configuration.publish(by=by, note=note, now=now or database_now())


def acknowledge(*, alarm: Alarm, by: User, now: datetime | None = None) -> int:
    """A supervisor has seen an alarm and the earlier ones of its sort. AlarmSeen."""
    return acknowledge_alarm(alarm=alarm, by=by, now=now or database_now())


def work_on_blocker(
    *,
    blocker_id: int,
    minutes: int,
    by: User,
    seen: str | None = None,
    now: datetime | None = None,
) -> Blocker:
    """A supervisor works on what keeps work waiting, for so long. BlockerGone, and BlockerTaken
    where somebody else does than the one he has ``seen``."""
    return acknowledge_blocker(
        blocker_id=blocker_id, minutes=minutes, by=by, seen=seen, now=now or database_now()
    )


def alarm_of_cycle(*, queue_id: int, error: Exception, now: datetime | None = None) -> None:
    """Tell supervisors that the work of a queue cannot be assigned."""
    raise_alarm(
        kind=AlarmKind.CYCLE_FAILED,
        error=error,
        queue=Queue.with_deleted.get(pk=queue_id),
        now=now or database_now(),
    )
