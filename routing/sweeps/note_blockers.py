"""What work waits for although nobody works on it, by cause: the alarm list of the floor."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import connection

from agents.terms import FOLLOWING_CAPACITY
from config.models import Event
from routing import configuration
from routing.engine.explain.cause import cause_of
from routing.engine.staff import Staff
from routing.models import Blocker
from routing.queries.agent_facts import Unread, load_agents
from routing.queries.fields_of_waiting import methods_by_queue
from routing.queries.item_facts import load_named_items
from routing.sql import statement
from routing.sweeps.each import Turns
from routing.sweeps.queue_duty import Duty, count_done
from routing.terms import BlockerCause, QueueDutyKind

log = logging.getLogger(__name__)

# What has only just come is not asked about.
GRACE: Final = timedelta(minutes=1)
# A queue is looked at once a minute; the clock may be early.
ONCE_IN: Final = timedelta(seconds=30)
# Of what waits in a queue, so many groups are asked about, and so many of all queues at a time: a
# method of rules may take a millisecond for a group of a large queue.
GROUPS_OF_QUEUE: Final = 50
MOST_GROUPS: Final = 2_000
NOTED: Final = "blocker-noted"
Key = tuple[str, str]
# Queue, how many wait, since when, and the first of them; whether they have histories of their own,
# whether the queue has more groups, and how many wait in it in all.
Group = tuple[int, int, datetime, int, bool, bool, int]
# What holds for all that waits in a queue, whatever it needs.
OF_ALL: Final = (BlockerCause.NO_MEMBERS, BlockerCause.DISABLED)
FIELDS: Final = ("number_of_items", "is_at_least", "first_item_id", "oldest_since")
_turns: Final = Turns[int]()


@dataclass(kw_only=True)
class Found:
    """What waits for one cause in one queue."""

    number_of_items: int
    is_at_least: bool
    first_item_id: int
    oldest_since: datetime


def sweep(*, now: datetime, limit: int) -> int:
    """Note what blocks the longest waiting groups of up to ``limit`` queues, those that were not
    looked at for longest first; how many were. Fewer, where they have too many groups.

    The engine is asked about the item of each group that waits longest, with the people of this
    moment.
    """
    until, before = now - GRACE, now - ONCE_IN
    queues = partial(_rows, "blocked_queues", until=until, before=before)
    due = _turns.first(lambda most: [id for (id,) in queues(limit=most)], limit)
    if not due:
        return 0
    published = configuration.current()
    groups = _rows(
        "waiting_groups",
        until=until,
        queue_ids=due,
        groups=GROUPS_OF_QUEUE,
        **_preferred(published),
    )
    queue_ids = _as_many_as_may_be(due, groups)
    unsure: set[int] = set()
    found = _found(queue_ids, groups, published, now, unsure)
    known: dict[int, dict[Key, Blocker]] = defaultdict(dict)
    for row in Blocker.objects.filter(queue__in=queue_ids):
        known[row.queue_id][row.cause, row.detail] = row
    # What was known of a queue that could not be looked at whole may be so still.
    for each in unsure:
        found[each] = {**_told(known[each]), **found[each]}
    duty = Duty(kind=QueueDutyKind.BLOCKERS, now=now, before=before)
    # Of most queues there is nothing new, and one statement says so of all of them.
    news = [each for each in queue_ids if found[each] != _told(known[each])]
    told = duty.claim(set(queue_ids).difference(news))
    return told + count_done(
        news, lambda each: _note(each, found[each], known[each], now), duty, _turns
    )


def _preferred(published: configuration.Published) -> dict[str, Any]:
    """Whether customers' preferred agents are waited for, and in which presences they are there."""
    service, workstreams = published.compiled.service, published.compiled.workstreams.values()
    allowed = [(each.id, base.value) for each in workstreams for base in each.allowed_presences]
    return {
        "waits": service.preferred_agents and service.waits_for_preferred_agent,
        "workstreams": [id for id, _ in allowed],
        "bases": [base for _, base in allowed],
        "following": [base.value for base in FOLLOWING_CAPACITY],
    }


def _as_many_as_may_be(due: Sequence[int], groups: Iterable[Group]) -> list[int]:
    """The first of the queues, as long as their groups are few enough; one always."""
    number_of_groups = Counter(queue_id for queue_id, *_ in groups)
    chosen: list[int] = []
    total = 0
    for queue_id in due:
        total += number_of_groups[queue_id]
        if chosen and total > MOST_GROUPS:
            break
        chosen.append(queue_id)
    return chosen


def _found(
    queue_ids: Sequence[int],
    groups: Iterable[Group],
    published: configuration.Published,
    now: datetime,
    unsure: set[int],
) -> dict[int, dict[Key, Found]]:
    """What blocks each of the queues, by cause; ``unsure`` learns which may have more."""
    found: dict[int, dict[Key, Found]] = {queue_id: {} for queue_id in queue_ids}
    asked = [group for group in groups if group[0] in found]
    others = _not_asked_about(asked)
    for queue_id, key, group in _blocked(asked, published, now, unsure) if asked else ():
        so_far = found[queue_id].setdefault(key, group)
        if so_far is not group:
            so_far.number_of_items += group.number_of_items
            so_far.is_at_least |= group.is_at_least
    for queue_id, causes in found.items():
        for (cause, _), group in causes.items():
            group.is_at_least |= queue_id in unsure
            if cause in OF_ALL:
                group.number_of_items += others[queue_id]
    return found


def _not_asked_about(groups: Iterable[Group]) -> Mapping[int, int]:
    """How many wait in each queue beside these groups."""
    others: dict[int, int] = {}
    for queue_id, count, *_, in_queue in groups:
        others[queue_id] = others.get(queue_id, in_queue) - count
    return others


def _blocked(
    groups: Sequence[Group], published: configuration.Published, now: datetime, unsure: set[int]
) -> Iterator[tuple[int, Key, Found]]:
    """The groups that nobody takes, the longest waiting first. Queues with a group that makes the
    engine fail, or with a member who does, are ``unsure``: one row keeps no others off the list."""
    queue_ids = sorted({queue_id for queue_id, *_ in groups})
    unread: dict[int, Unread] = {}
    staff = Staff(load_agents(published=published, queue_ids=queue_ids, failed=unread))
    for agent_id, why in unread.items():
        log.error("blockers without an agent agent=%s", agent_id, exc_info=why.error)
    half_known = {queue_id for why in unread.values() for queue_id in why.queue_ids}
    unsure |= half_known
    groups = [group for group in groups if group[0] not in half_known]
    firsts = [first for _, _, _, first, *_ in groups]
    failed: dict[int, Exception] = {}
    items = load_named_items(published=published, item_ids=firsts, now=now, failed=failed)
    facts = {item.id: item for item in items}
    methods = methods_by_queue(published)
    read_one_by_one = {id for id, method in methods.items() if method.matches_by}
    for queue_id, count, since, first, is_personal, is_cut, _ in groups:
        cause = None
        if (item := facts.get(first)) is not None:
            try:
                members = staff.members(queue_id)
                cause = cause_of(published.compiled, item, members, since=since, now=now)
            except Exception as error:
                failed[first] = error
        if first in failed:
            unsure.add(queue_id)
            log.error("blocker not found queue=%s item=%s", queue_id, first, exc_info=failed[first])
        if cause is not None:
            # Others of the group may have been refused by others, or be others to a method.
            is_asked_alone = is_personal or queue_id in read_one_by_one
            is_of_all = cause.kind in OF_ALL
            is_one = is_asked_alone and not is_of_all and not cause.is_of_group
            group = Found(
                number_of_items=1 if is_one else count,
                is_at_least=not is_of_all and (is_cut or (is_one and count > 1)),
                first_item_id=first,
                oldest_since=since,
            )
            yield queue_id, (cause.kind.value, cause.detail[:300]), group


def _rows(name: str, **names: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement(name), names)
        rows: list[Any] = cursor.fetchall()
    return rows


def _note(
    queue_id: int, found: Mapping[Key, Found], known: Mapping[Key, Blocker], now: datetime
) -> None:
    """Whoever notes a queue is alone with it: what was known of it before is so still, and the
    database refuses to note something twice."""
    known = _still_full(found, known)
    gone = [row.pk for key, row in known.items() if key not in found]
    if gone:
        Blocker.objects.filter(pk__in=gone).delete()
    changed = [row for key, row in known.items() if key in found and _renew(row, key, found[key])]
    if changed:
        in_order = sorted(changed, key=lambda row: row.pk)
        Blocker.objects.bulk_update(in_order, ["detail", *FIELDS])
    new = [key for key in sorted(found) if key not in known]
    if not new:
        return
    Blocker.objects.bulk_create(
        Blocker(
            queue_id=queue_id,
            cause=cause,
            detail=detail,
            noted_at=now,
            **vars(found[cause, detail]),
        )
        for cause, detail in new
    )
    Event.objects.bulk_create(
        Event(at=now, kind=NOTED, queue_id=queue_id, data={"cause": cause}) for cause, _ in new
    )


def _still_full(found: Mapping[Key, Found], known: Mapping[Key, Blocker]) -> Mapping[Key, Blocker]:
    """What is known, where the one thing that was full is told by more profiles now, or by fewer:
    who works on it goes on. By others it is another thing."""
    gone = [key for key in known if key[0] == BlockerCause.FULL and key not in found]
    come = [key for key in found if key[0] == BlockerCause.FULL and key not in known]
    if len(gone) != 1 or len(come) != 1:
        return known
    before, after = (set(key[1].split(", ")) for key in (*gone, *come))
    if not (before <= after or after <= before):
        return known
    return {come[0] if key == gone[0] else key: row for key, row in known.items()}


def _renew(row: Blocker, key: Key, found: Found) -> bool:
    """Whether it is to tell something else than before."""
    _, detail = key
    if row.detail == detail and _as_found(row) == found:
        return False
    row.detail = detail
    for name in FIELDS:
        setattr(row, name, getattr(found, name))
    return True


def _told(known: Mapping[Key, Blocker]) -> dict[Key, Found]:
    return {key: _as_found(row) for key, row in known.items()}


def _as_found(row: Blocker) -> Found:
    return Found(**{name: getattr(row, name) for name in FIELDS})
