"""Change the settings of a queue."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from agents.models import OperatingHours, User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_queue import check_queue
from workstreams.actions.choose_method import choose_method
from workstreams.actions.lock_queue import lock_queue
from workstreams.actions.refusals import InvalidSettings, refusing_taken_names
from workstreams.actions.save_overflow import Pair, fitting_pairs, save_overflow
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import Queue

TYPE_STAYS = "The type of a queue stays as it was created."
DISTRIBUTES_FOR_GOOD = "Automatic distribution cannot be switched off again."
BUILT_IN_STAYS = "Only the assignment method of a built-in queue can be changed."


class QueueSettings(TypedDict, total=False):
    """What may be changed, and the type, which is refused if it would change."""

    name: str
    type: str
    priority: int
    assignment_method: str
    operating_hours: OperatingHours | None
    distributes: bool
    service_level_seconds: int | None
    short_abandoned_seconds: int | None
    overflow: Sequence[Pair]


@transaction.atomic
def edit_queue(
    *,
    queue: Queue,
    by: User,
    now: datetime,
    revision: int | None = None,
    **settings: Unpack[QueueSettings],
) -> Queue:
    """Save the given settings and leave the others as they are.

    ``overflow`` replaces all pairs. Refuses another type, anything but the method of a built-in
    queue, automatic distribution switched off again, a taken name (InvalidSettings), and
    SavedMeanwhile where a ``revision`` is given.
    """
    pairs: Sequence[Pair] | None = settings.pop("overflow", None)
    locked = lock_queue(queue, pairs)
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile
    method = settings.pop("assignment_method", locked.method_name)
    changed = {key: value for key, value in settings.items() if getattr(locked, key) != value}
    if "type" in changed:
        raise InvalidSettings({"type": TYPE_STAYS})
    if changed.get("distributes") is False:
        raise InvalidSettings({"distributes": DISTRIBUTES_FOR_GOOD})
    fixed = changed.keys() | ({"overflow"} if pairs else set())
    if locked.is_default and fixed:
        raise InvalidSettings(dict.fromkeys(sorted(fixed), BUILT_IN_STAYS))

    for key, value in changed.items():
        setattr(locked, key, value)
    if method != locked.method_name:
        choose_method(locked, method)
    locked.name = locked.name.strip()
    check_queue(locked)
    locked.revision += 1
    with refusing_taken_names("queue", locked.name):
        locked.save()
    save_overflow(locked, fitting_pairs(locked, pairs))

    announce_configuration(sender=Queue, by=by, now=now)
    return locked
