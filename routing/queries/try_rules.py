"""Where something would go under the published rules, and under the draft; nothing is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from config.refusal import Refusal
from routing import configuration
from routing.configuration import Published
from routing.engine.choose_queue import draw
from routing.engine.choose_workstream import choose_workstream
from routing.engine.explain import routing_document
from routing.models import DraftChange
from routing.queries.item_fields import item_fields
from routing.queries.would_route import TestItem, would_route
from workstreams.models import Record, RecordType, WorkItem, Workstream
from workstreams.terms import Channel, ItemKind

PUBLISHED: Final = "published"
DRAFT: Final = "draft"
UNROUTED: Final = "No intake rule matches: the record would stay unrouted."
UNREADABLE: Final = "The intake rules cannot be read: the record would stay unrouted."
DRAWS: Final = "The rule “{rule}” draws {drawn:.1f} of 100 for this item: {shares}."
# What says which rules were used, not what they did.
NOT_COMPARED: Final = ("configuration_version",)

Explained = dict[str, Any]
Look = Callable[[Published], Explained]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One set of rules with what they would do, or the sentence that says why nothing."""

    rules: str
    explained: Explained | None = None
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Both sides where a draft waits; ``differs`` says whether it changes anything here."""

    sides: list[Side] = field(default_factory=list)
    differs: bool = False


@dataclass(frozen=True, kw_only=True)
class TestRecord:
    """A record that intake rules would look at."""

    __test__ = False

    record_type: RecordType
    title: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)


def try_item(test: TestItem, *, now: datetime) -> Trial:
    """Work that arrives in a workstream, or a stored item again."""
    return _both(lambda rules: _explained(test, rules, now))


def try_record(test: TestRecord, *, now: datetime) -> Trial:
    """A record, from the intake rules on."""
    return _both(lambda rules: _of_record(test, rules, now))


def has_draft() -> bool:
    """Whether edits wait to be published."""
    return DraftChange.objects.exists()


def _both(look: Look) -> Trial:
    sides = [_side(PUBLISHED, configuration.current(), look)]
    if has_draft():
        sides.append(_side(DRAFT, configuration.drafted(), look))
    said = [(_compared(side.explained), side.sentence) for side in sides]
    return Trial(sides=sides, differs=any(each != said[0] for each in said))


def _side(name: str, rules: Published, look: Look) -> Side:
    try:
        explained = look(rules)
    except Refusal as refusal:
        return Side(rules=name, sentence=str(refusal))
    return Side(rules=name, explained=explained, sentence=explained.pop("sentence", ""))


def _compared(explained: Explained | None) -> Explained | None:
    if explained is None:
        return None
    return {key: value for key, value in explained.items() if key not in NOT_COMPARED}


def _explained(test: TestItem, rules: Published, now: datetime) -> Explained:
    explained = would_route(test, now=now, rules=rules)
    return explained | {"draws": list(_draws(test, explained, rules))}


def _of_record(test: TestRecord, rules: Published, now: datetime) -> Explained:
    record = Record(
        record_type=test.record_type, title=test.title, data=dict(test.record), created_at=now
    )
    item = WorkItem(
        kind=ItemKind.RECORD,
        channel=Channel.RECORD,
        title=test.title,
        record=record,
        created_at=now,
    )
    choice = choose_workstream(
        rules.compiled.intake, item_fields(item), now=now, record_type=test.record_type.name
    )
    id_ = rules.compiled.workstream_id_by_name.get(choice.workstream or "")
    rows = Workstream.objects.select_related("fallback_queue", "record_type", "bot")
    workstream = rows.filter(pk=id_).first() if id_ else None
    if workstream is None:
        document = routing_document(
            configuration_version=rules.number, workstream=None, intake=choice
        )
        sentence = UNREADABLE if rules.compiled.has_unreadable_intake else UNROUTED
        return {**document, "sentence": sentence, "queue": None, "agents_considered": []}
    own = TestItem(workstream=workstream, title=test.title, record=dict(test.record))
    return _explained(replace(own), rules, now)


def _draws(test: TestItem, explained: Explained, rules: Published) -> Any:
    """How the percentages fell for rules that matched."""
    workstream = rules.compiled.workstreams[test.workstream.pk]
    matched = {
        rule["name"]
        for stage in explained["stages"]
        if stage["stage"] == "route_to_queue"
        for ruleset in stage["rulesets"]
        for rule in ruleset["rules"]
        if rule["result"] in ("matched", "applied")
    }
    for rule in workstream.route_to_queue:
        if rule.name in matched and len(rule.shares) > 1:
            drawn = draw(str(test.item_id), rule.name) * sum(s.percent for s in rule.shares)
            yield DRAWS.format(rule=rule.name, drawn=drawn, shares=_stretches(rule.shares))


def _stretches(shares: Any) -> str:
    said, start = [], 0.0
    for share in shares:
        said.append(f"{share.queue} from {start:g} to {start + share.percent:g}")
        start += share.percent
    return ", ".join(said)
