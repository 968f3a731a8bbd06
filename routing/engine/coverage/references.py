"""Names in a workstream that stand for nothing, or for something of the wrong sort: errors."""

from collections.abc import Iterator

from routing.engine.configuration import CompiledConfiguration, Queue, Share, Workstream
from routing.engine.coverage.finding import Finding, Severity


def reference_faults(
    workstream: Workstream, configuration: CompiledConfiguration
) -> Iterator[Finding]:
    """Queues, skills and profiles that rules and settings name, and percentages."""
    queues = {queue.name: queue for queue in configuration.queues.values()}
    yield from _fallback(workstream, queues)
    for index, rule in enumerate(workstream.route_to_queue):
        path = f"route_to_queue.{index}"
        for share in rule.shares:
            yield from _queue(workstream, share, queues, rule.name, path)
        total = sum(share.percent for share in rule.shares)
        if rule.shares and total != 100:
            sentence = f"The percentages of the rule “{rule.name}” make {total:g}, not 100."
            yield _error("percentages", workstream, sentence, path)
    for number, ruleset in enumerate(workstream.classification):
        for index, each in enumerate(ruleset.rules):
            path = f"classification.{number}.rules.{index}"
            for skill in each.then.skills:
                if skill.skill not in configuration.skills:
                    sentence = f"The rule “{each.name}” names no skill there is: {skill.skill}."
                    yield _error("unknown-skill", workstream, sentence, path)
            for profile in each.then.capacity_profiles:
                if profile not in configuration.profiles:
                    sentence = f"The rule “{each.name}” names no profile there is: {profile}."
                    yield _error("unknown-profile", workstream, sentence, path)
    for profile in workstream.capacity.profiles if workstream.capacity else ():
        if profile not in configuration.profiles:
            sentence = f"It holds a capacity profile that is not there: {profile}."
            yield _error("unknown-profile", workstream, sentence, "capacity")


def intake_faults(configuration: CompiledConfiguration) -> Iterator[Finding]:
    """Intake rules whose workstream is not there, or takes no such records."""
    for index, rule in enumerate(configuration.intake):
        id_ = configuration.workstream_id_by_name.get(rule.workstream)
        path = f"rules.{index}"
        if id_ is None:
            sentence = f"The rule “{rule.name}” names no workstream there is: {rule.workstream}."
            yield _of_intake("unknown-workstream", sentence, path)
            continue
        takes = configuration.workstreams[id_].record_type
        if takes is None or rule.record_type not in (None, takes):
            sentence = f"“{rule.workstream}” does not take what the rule “{rule.name}” sends there."
            yield _of_intake("wrong-record-type", sentence, path)


def _fallback(workstream: Workstream, queues: dict[str, Queue]) -> Iterator[Finding]:
    name = workstream.fallback_queue
    queue = queues.get(name or "")
    if queue is None:
        sentence = f"Its fallback queue is not there: {name or 'none'}."
        yield _error("unknown-queue", workstream, sentence, "fallback_queue")
    elif queue.type is not None and queue.type != workstream.type:
        sentence = f"Its fallback queue “{queue.name}” is of another type ({queue.type})."
        yield _error("fallback-type", workstream, sentence, "fallback_queue")


def _queue(
    workstream: Workstream, share: Share, queues: dict[str, Queue], rule: str, path: str
) -> Iterator[Finding]:
    queue = queues.get(share.queue)
    if queue is None:
        sentence = f"The rule “{rule}” names no queue there is: {share.queue}."
        yield _error("unknown-queue", workstream, sentence, path)
    elif queue.type is not None and queue.type != workstream.type:
        sentence = f"The rule “{rule}” sends work to “{queue.name}”, which is of another type."
        yield _error("queue-type", workstream, sentence, path)


def _error(check: str, workstream: Workstream, sentence: str, path: str) -> Finding:
    return Finding(
        check=check,
        severity=Severity.ERROR,
        kind="workstream",
        object_id=workstream.id,
        name=workstream.name,
        sentence=sentence,
        path=path,
    )


def _of_intake(check: str, sentence: str, path: str) -> Finding:
    return Finding(
        check=check,
        severity=Severity.ERROR,
        kind="intake",
        object_id=0,
        name="Intake rules",
        sentence=sentence,
        path=path,
    )
