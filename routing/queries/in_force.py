"""What is published of an item's workstream: rows may say already what is only a draft."""

from collections.abc import Collection
from datetime import datetime, timedelta

from agents.models import OperatingHours
from agents.terms import BasePresence
from routing import configuration
from routing.engine.configuration import CompiledConfiguration, OfferRules, Workstream, WrapUp
from routing.engine.configuration import OperatingHours as PublishedHours
from routing.engine.methods.presences import presences_asked
from routing.engine.offer_rules import rules_of, scenario_of
from routing.queries.operating_hours import as_published, with_week
from routing.terms import How
from workstreams.models import WorkItem
from workstreams.terms import DistributionMode, ItemKind, Scenario, WorkstreamType


def workstream_in_force(item: WorkItem) -> Workstream | None:
    """The published workstream; None for one that is still to be published."""
    return configuration.current().compiled.workstreams.get(item.workstream_id)


def is_in_force(workstream_id: int) -> bool:
    """Whether the workstream is published, so that work of it can be given to people. 1 query."""
    return workstream_id in configuration.current().compiled.workstreams


def hours_in_force(hours_id: int | None) -> PublishedHours | None:
    """Operating hours as published, or as their rows say while they never were. No query for none,
    1 for those that were published, else 4."""
    if hours_id is None:
        return None
    if (hours := configuration.current().hours_of(hours_id)) is not None:
        return hours
    row = with_week(OperatingHours.objects.filter(pk=hours_id)).first()
    return as_published(row) if row else None


def wrap_up_of(item: WorkItem) -> WrapUp:
    """How long wrap-up keeps capacity."""
    workstream = workstream_in_force(item)
    return workstream.wrap_up_block if workstream else WrapUp()


def presences_of(item: WorkItem) -> frozenset[BasePresence]:
    """In which presences agents may be given the item."""
    workstream = workstream_in_force(item)
    return workstream.allowed_presences if workstream else frozenset()


def gets_work_in(base: str) -> bool:
    """Whether any workstream, by itself or by the rules of a method, gives work in the presence."""
    compiled = configuration.current().compiled
    allowed = {each.allowed_presences for each in compiled.workstreams.values()}
    methods = (None, *compiled.methods.values())
    return any(base in presences_asked(method, each) for method in methods for each in allowed)


def gives_customers_back() -> bool:
    """Whether any workstream gives conversations back to who had them, whatever his presence."""
    return any(
        each.keep_same_agent
        and each.type is not WorkstreamType.RECORD
        and each.distribution_mode is DistributionMode.PUSH
        for each in configuration.current().compiled.workstreams.values()
    )


def keeps_same_agent(item: WorkItem) -> bool:
    """Whether it goes back to the agent who had it: conversations only."""
    workstream = workstream_in_force(item)
    is_kept = workstream is not None and workstream.keep_same_agent
    return is_kept and item.kind == ItemKind.CONVERSATION


def consult_rules_of(item: WorkItem) -> OfferRules:
    """What a request for advice on the item does."""
    compiled, workstream = configuration.current().compiled, workstream_in_force(item)
    if workstream is None:
        return OfferRules()
    return rules_of(compiled, workstream, Scenario.CONSULT)


def offer_rules_of(item: WorkItem, how: How) -> OfferRules:
    """What an offer of the item does."""
    compiled, workstream = configuration.current().compiled, workstream_in_force(item)
    if workstream is None:
        return OfferRules()
    is_known = bool(item.contact_id or item.account_id)
    return rules_of(compiled, workstream, scenario_of(how, is_known_customer=is_known))


def offered_until(item: WorkItem, how: How, now: datetime) -> datetime:
    """When an offer that is made now runs out."""
    return now + timedelta(seconds=offer_rules_of(item, how).seconds)


def queues_in_force() -> Collection[int]:
    """The published queues: of the draft's own ones nobody would get work yet. 1 query."""
    return configuration.current().compiled.queues.keys()


def basic_queues() -> frozenset[int]:
    """Queues whose work is picked, as published: nobody is offered it before another way is."""
    queues = configuration.current().compiled.queues.values()
    return frozenset(queue.id for queue in queues if not queue.distributes)


def is_in_basic_queue(item: WorkItem, compiled: CompiledConfiguration | None = None) -> bool:
    """Whether it waits where nobody is offered it: by its rows, or by a version that is given."""
    queue = compiled.queues.get(item.queue_id) if compiled else None
    return not (item.queue.distributes and (queue is None or queue.distributes))


def may_be_picked(item: WorkItem, compiled: CompiledConfiguration | None = None) -> bool:
    """Whether agents may take it themselves, ignoring capacity and presence (B 1.5): also what
    waits in a basic queue. By the version that is given, or 1 query for work that is pushed."""
    if not item.is_pushed or is_in_basic_queue(item):
        return True
    compiled = compiled or configuration.current().compiled
    return _gives_leave(item, compiled) or is_in_basic_queue(item, compiled)


def _gives_leave(item: WorkItem, compiled: CompiledConfiguration) -> bool:
    """By the row only where the workstream was published before versions said so."""
    workstream = compiled.workstreams.get(item.workstream_id)
    if workstream is None or workstream.may_be_picked is not None:
        return bool(workstream and workstream.may_be_picked)
    return item.workstream.may_be_picked
