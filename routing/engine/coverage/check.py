"""All checks of a configuration; what depends on one workstream alone is remembered."""

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import Final

from routing.engine.configuration import CompiledConfiguration, Workstream
from routing.engine.coverage import unreachable
from routing.engine.coverage.dead_rules import dead_intake_rules, dead_rules
from routing.engine.coverage.facts import Staff
from routing.engine.coverage.finding import Finding, Severity
from routing.engine.coverage.methods import method_warnings, unknown_methods
from routing.engine.coverage.overflow import may_overflow, overflow_faults
from routing.engine.coverage.references import intake_faults, reference_faults
from routing.engine.coverage.staffing import queues_of, unreachable_people, unserved_queues

KEPT: Final = 5_000
# By workstream as it was compiled: an unchanged one is the same object in every version.
_Known = tuple[Workstream, frozenset[str], tuple[Finding, ...]]
_kept: OrderedDict[int, _Known] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """As in a process that has checked nothing yet."""
    with _lock:
        _kept.clear()
    unreachable.forget()


def check(configuration: CompiledConfiguration, staff: Staff | None) -> list[Finding]:
    """Errors first, then warnings; without ``staff`` only what the document itself says."""
    found = [*errors(configuration), *_dead(configuration)]
    for method in configuration.methods.values():
        found += method_warnings(method, configuration)
    if staff is not None:
        found += unserved_queues(configuration, staff)
        for workstream in configuration.workstreams.values():
            found += unreachable_people(workstream, configuration, staff)
    return sorted(found, key=lambda each: each.severity is not Severity.ERROR)


def check_one(
    workstream: Workstream, configuration: CompiledConfiguration, staff: Staff
) -> list[Finding]:
    """Those of one workstream, and of the queues that its work comes to."""
    queues = queues_of(workstream, configuration)
    faults = [*overflow_faults(configuration), *unserved_queues(configuration, staff)]
    return [
        *reference_faults(workstream, configuration),
        *(each for each in faults if each.object_id in queues),
        *_dead_rules_of(workstream, _unfailing(configuration)),
        *unreachable_people(workstream, configuration, staff),
    ]


def errors(configuration: CompiledConfiguration) -> list[Finding]:
    """What may not be published."""
    found = [*overflow_faults(configuration), *intake_faults(configuration)]
    found += unknown_methods(configuration)
    for workstream in configuration.workstreams.values():
        found += reference_faults(workstream, configuration)
    return found


def _dead(configuration: CompiledConfiguration) -> Iterator[Finding]:
    unfailing = _unfailing(configuration)
    for workstream in configuration.workstreams.values():
        yield from _dead_rules_of(workstream, unfailing)
    yield from dead_intake_rules(configuration.intake)


def _unfailing(configuration: CompiledConfiguration) -> frozenset[str]:
    queues = configuration.queues.values()
    return frozenset(queue.name for queue in queues if not may_overflow(queue))


def _dead_rules_of(workstream: Workstream, unfailing: frozenset[str]) -> tuple[Finding, ...]:
    shares = {share.queue for rule in workstream.route_to_queue for share in rule.shares}
    own = unfailing & shares
    with _lock:
        known = _kept.get(id(workstream))
    if known is not None and known[0] is workstream and known[1] == own:
        return known[2]
    found = tuple(dead_rules(workstream, own))
    with _lock:
        _kept[id(workstream)] = (workstream, own, found)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found
