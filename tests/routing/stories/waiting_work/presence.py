"""Nobody there who may have it."""

from agents.actions.edit_agent import edit_agent
from agents.models import Agent
from tests.routing.stories.waiting_work.world import Situation, World
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.models import Workstream

MORE_PRESENCES = "or the workstream allows more presences."
PRESENCE = "has a presence that the workstream does not allow"


class NobodyIsSignedIn(Situation):
    says = [(
        "presence_is_allowed",
        "2 of 2 members have a presence that the workstream does not allow: 2 offline.",
        f"An agent becomes available or busy, {MORE_PRESENCES}",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        for name in ("alice", "bob"):
            w.member(name)
            w.goes(name, "offline")
        w.waits()

    def mends(self, w: World) -> None:
        w.goes("bob", "available")


class AllAreAway(Situation):
    says = [(
        "presence_is_allowed",
        f"1 of 1 member {PRESENCE}: 1 away.",
        f"An agent becomes available or busy, {MORE_PRESENCES}",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice")
        w.goes("alice", "away")
        w.waits()

    def mends(self, w: World) -> None:
        allowed = [*w.workstream.allowed_presences, "away"]
        edit_workstream(workstream=w.workstream, by=w.boss, now=w.now, allowed_presences=allowed)


class OnlyWhoHasNothingToDo(Situation):
    says = [(
        "presence_is_allowed",
        f"1 of 1 member {PRESENCE}: 1 busy.",
        f"An agent becomes available, {MORE_PRESENCES}"
        " Whose presence follows from his work becomes available when he is done.",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        Workstream.objects.filter(pk=w.workstream.pk).update(allowed_presences=["available"])
        w.member("alice")
        w.works("alice")
        w.waits()

    def mends(self, w: World) -> None:
        w.finishes()


class NotToBeDisturbedByChoice(Situation):
    says = [(
        "presence_is_allowed",
        f"1 of 1 member {PRESENCE}: 1 busy dnd.",
        f"An agent becomes available or busy, {MORE_PRESENCES}",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice")
        w.goes("alice", "busy_dnd")
        w.waits()

    def mends(self, w: World) -> None:
        w.goes("alice", "available")


class TenItemsAreOpen(Situation):
    says = [(
        "has_a_session_left",
        "1 of 1 member has as many work items open as one may at once.",
        "An agent closes one of them.",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice", units=50)
        for _ in range(10):
            w.works("alice")
        w.waits()

    def mends(self, w: World) -> None:
        w.finishes()


class AllAreDisabled(Situation):
    says = [("is_enabled", "1 of 1 member is disabled.", "Enable agents for routing.")]

    def comes(self, w: World) -> None:
        w.member("alice")
        Agent.objects.update(is_enabled=False)
        w.waits()

    def mends(self, w: World) -> None:
        edit_agent(agent=w.people["alice"], by=w.boss, now=w.now, is_enabled=True)
