"""The queue, its rules, or the customer's wishes keep it."""

from datetime import UTC, datetime, time
from typing import Any

from agents.actions.edit_agent import edit_agent
from agents.models import Agent, OperatingHours, OperatingPeriod
from routing import service
from routing.actions.save_method import save_method
from routing.sweeps import wake_shifts
from tests.factories import make_method, make_queue, make_workstream
from tests.routing.engine.methods import row
from tests.routing.stories.waiting_work.declines import AWAY
from tests.routing.stories.waiting_work.presence import MORE_PRESENCES, PRESENCE
from tests.routing.stories.waiting_work.skills import ALONE
from tests.routing.stories.waiting_work.world import Situation, World
from workstreams.actions.change_preferred_agents import set_preferred_agents
from workstreams.actions.edit_queue import edit_queue
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.actions.send_message import send_message
from workstreams.actions.set_queue_members import set_queue_members
from workstreams.models import Contact, Queue, ServiceConfiguration
from workstreams.terms import Author, Channel, DistributionMode

FIVE = datetime(2026, 3, 2, 17, tzinfo=UTC)
KEPT_HELP = (
    "A preferred agent becomes available, or the service stops waiting for preferred agents."
)
MORE_GENERAL = "An agent changes, or the queue's assignment method ends with a more general rule."


class QueueWithoutMembers(Situation):
    says = [("queue_has_no_members", "The queue has no members.", "Add agents to the queue.")]

    def comes(self, w: World) -> None:
        w.member("alice")
        set_queue_members(queue=w.queue, agents=[], by=w.boss, now=w.now)
        w.waits()

    def mends(self, w: World) -> None:
        set_queue_members(queue=w.queue, agents=w.people.values(), by=w.boss, now=w.now)


class QueueIsBasic(Situation):
    says = [(
        "queue_is_to_pick_from",
        "The queue is basic: agents pick its items themselves.",
        "An agent picks it, or the queue's automatic distribution is switched on.",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.queue = make_queue("Letters", distributes=False)
        w.member("alice")
        w.waits(make_workstream(queue=w.queue))

    def mends(self, w: World) -> None:
        edit_queue(queue=w.queue, distributes=True, by=w.boss, now=w.now)


class QueueIsBasicAndPickedFrom(QueueIsBasic):
    is_mended_by_time = True

    def mends(self, w: World) -> None:
        service.pick(item_id=w.item.pk, by=w.people["alice"], now=w.now)


class WorkIsPicked(QueueIsBasicAndPickedFrom):
    says = [(
        "workstream_is_to_pick_from",
        "Agents pick the items of this workstream themselves.",
        "An agent picks it.",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice")
        w.waits(make_workstream(queue=w.queue, mode=DistributionMode.PICK))


class RulesLetNobodyIn(Situation):
    """By rules of one's own."""

    says = [(
        "meets_an_assignment_rule",
        "2 of 2 members meet no assignment rule: “Ours” asks agent language equals de"
        " (of 1 agent language is not set).",
        MORE_GENERAL,
    )]  # fmt: skip
    when: dict[str, Any] = row("agent.locale", "equals", "de")

    def comes(self, w: World) -> None:
        self.rules = [{"name": "Ours", "when": {"all": [self.when]}, "order_by": []}]
        self.method = make_method("Ours", rulesets=[{"name": "All", "rules": self.rules}])
        Queue.objects.filter(pk=w.queue.pk).update(custom_method=self.method)
        w.member("alice")
        w.member("bob")
        Agent.objects.filter(pk=w.people["bob"].pk).update(locale="fr")
        w.waits(context={"size": "much"})

    def mends(self, w: World) -> None:
        edit_agent(agent=w.people["bob"], by=w.boss, now=w.now, locale="de")


class RulesLetNobodyInAndAreRelaxed(RulesLetNobodyIn):
    def mends(self, w: World) -> None:
        rules = [*self.rules, {"name": "Anybody", "when": {}, "order_by": []}]
        document = {"name": "Ours", "rulesets": [{"name": "All", "rules": rules}]}
        save_method(document=document, by=w.boss, now=w.now, method=self.method)


class FieldIsOfAWrongType(RulesLetNobodyInAndAreRelaxed):
    says = [
        (
            "has_room",
            "2 of 2 members have not the room that “Ours” asks for: agent free units is greater"
            " than the item's context size (agent free units is compared with what does not fit).",
            "Mend the value or the rule, which cannot be compared.",
        )
    ]
    when = row("agent.units", "greater", item="context.size")


class ShiftIsOver(Situation):
    says = [(
        "is_working",
        "2 of 2 members are outside their working hours, 1 of them without operating hours.",
        "Give an agent operating hours. Their next shift begins, or the queue's assignment method"
        " asks for no calendar.",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        late = OperatingHours.objects.create(name="Late shift", time_zone="UTC")
        OperatingPeriod.objects.create(hours=late, weekday=0, start=time(17), end=time(23))
        rules = [{"name": "On shift", "when": row("agent.calendar", "is_working")}]
        method = make_method(rulesets=[{"name": "All", "rules": rules}])
        Queue.objects.filter(pk=w.queue.pk).update(custom_method=method)
        w.member("alice")
        w.member("bob")
        Agent.objects.filter(pk=w.people["bob"].pk).update(operating_hours=late)
        w.waits()
        wake_shifts.sweep(now=w.now, limit=9)

    def mends(self, w: World) -> None:
        w.now = FIVE
        assert wake_shifts.sweep(now=w.now, limit=9) == 1


class PreferredAgentIsAway(Situation):
    says = [(
        "waits_for_preferred_agent",
        "It waits for a preferred agent of its customer: alice has a presence that the workstream"
        " does not allow.",
        KEPT_HELP,
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        ServiceConfiguration.objects.update_or_create(
            pk=1, defaults={"preferred_agents": True, "waits_for_preferred_agent": True}
        )
        w.member("alice")
        w.member("bob")
        customer = Contact.objects.create(name="Grace")
        set_preferred_agents(contact_id=customer.pk, agents=[w.people["alice"]], now=w.now)
        w.goes("alice", "away")
        w.waits(contact=customer)

    def mends(self, w: World) -> None:
        w.goes("alice", "available")


class PreferredAgentIsWaitedForNoMore(PreferredAgentIsAway):
    def mends(self, w: World) -> None:
        save_service_configuration(by=w.boss, now=w.now, waits_for_preferred_agent=False)


class AgentItGoesBackToIsGone(Situation):
    """He was disabled, and the others are away."""

    says = [
        (
            "is_enabled",
            f"1 of 2 members is disabled, and {PRESENCE}: 1 offline.",
            f"Enable agents for routing. {ALONE} An agent becomes available or busy,"
            f" {MORE_PRESENCES}",
        ),
        AWAY,
    ]

    def comes(self, w: World) -> None:
        texts = make_workstream(queue=w.queue, channel=Channel.SMS, keep_same_agent=True)
        w.member("alice")
        w.works("alice", texts)
        w.item = w.held.pop()
        service.close(item_id=w.item.pk, by=w.people["alice"], now=w.now)
        w.member("bob")
        w.goes("bob", "away")
        edit_agent(agent=w.people["alice"], by=w.boss, now=w.now, is_enabled=False)
        send_message(item_id=w.item.pk, author=Author.CUSTOMER, text="Hello?", now=w.now)
        w.cycle()

    def mends(self, w: World) -> None:
        w.goes("bob", "available")
