"""Rules as rows of the benchmark's database, in bulk."""

from random import Random
from typing import Final

from routing.bench.rule_documents import SEED, classification_rule, route_rule
from routing.models import Rule, RuleQueue, Ruleset
from routing.terms import LABELS, RulesetKind
from workstreams.models import NotificationTemplate, Queue, Workstream
from workstreams.terms import Channel, DistributionMode, WorkstreamType

RULES_EACH: Final = 100


def make_workstreams(count: int, queue: Queue, *, rules_each: int = RULES_EACH) -> list[Workstream]:
    """Workstreams with a hundred classification rules and a hundred route-to-queue rules each, or
    as many as it says."""
    template = NotificationTemplate.objects.order_by("id")[0]
    made = Workstream.objects.bulk_create(
        Workstream(
            name=f"Bench rules {number}",
            type=WorkstreamType.MESSAGING,
            channel=Channel.LIVE_CHAT,
            distribution_mode=DistributionMode.PUSH,
            fallback_queue=queue,
            notification_template=template,
        )
        for number in range(count)
    )
    random = Random(SEED)
    for kind in (RulesetKind.CLASSIFICATION, RulesetKind.ROUTE_TO_QUEUE):
        rulesets = Ruleset.objects.bulk_create(
            Ruleset(kind=kind, workstream=workstream, name=LABELS[kind]) for workstream in made
        )
        is_route = kind is RulesetKind.ROUTE_TO_QUEUE
        rules = Rule.objects.bulk_create(
            _rule(random, ruleset, number, is_route)
            for ruleset in rulesets
            for number in range(rules_each)
        )
        if is_route:
            RuleQueue.objects.bulk_create(RuleQueue(rule=rule, queue=queue) for rule in rules)
    return made


def _rule(random: Random, ruleset: Ruleset, number: int, is_route: bool) -> Rule:
    document = route_rule(random, number, "") if is_route else classification_rule(random, number)
    return Rule(
        ruleset=ruleset,
        name=document["name"],
        position=number + 1,
        when=document["when"],
        then=document.get("then", {}),
    )
