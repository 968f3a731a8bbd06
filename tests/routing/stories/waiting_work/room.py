"""Everybody who may have it has enough to do."""

from datetime import UTC, datetime
from typing import Any

from agents.actions.edit_agent import edit_agent
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.models import CapacityProfile
from agents.terms import CapacityFormat, ResetFrequency
from routing.sweeps import end_days, release_wrap_up
from tests.factories import make_profile, make_workstream
from tests.routing.stories.waiting_work.world import Situation, World
from workstreams.models import Workstream
from workstreams.terms import WrapUpBlock

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)
FREE = "An agent finishes work, or is given more capacity."


class AllAreFull(Situation):
    says = [("has_room", "2 of 2 members are full.", FREE)]

    def comes(self, w: World) -> None:
        w.member("alice", units=1)
        w.works("alice")
        w.member("bob", units=1)
        w.works("bob")
        w.waits()

    def mends(self, w: World) -> None:
        w.finishes()


class AllAreFullAndMayBeGivenMore(AllAreFull):
    def mends(self, w: World) -> None:
        edit_agent(agent=w.people["bob"], by=w.boss, now=w.now, capacity_units=2)


class TooLittleRoomIsLeft(Situation):
    says = [(
        "has_room", "1 of 1 member has less than the 2 units free that it needs.", FREE
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice", units=2)
        w.works("alice")
        w.waits(make_workstream(queue=w.queue, capacity_units=2))

    def mends(self, w: World) -> None:
        w.finishes()


class AfterWork(Situation):
    says = [("has_room", "1 of 1 member is full.", FREE)]

    def comes(self, w: World) -> None:
        w.member("alice", units=1)
        w.works("alice")
        w.ends()
        w.waits()

    def mends(self, w: World) -> None:
        w.finishes()


class AfterWorkForAWhile(AfterWork):
    def comes(self, w: World) -> None:
        Workstream.objects.filter(pk=w.workstream.pk).update(
            wrap_up_block=WrapUpBlock.CUSTOM, wrap_up_seconds=60
        )
        super().comes(w)

    def mends(self, w: World) -> None:
        w.later(seconds=60)
        assert release_wrap_up.sweep(now=w.now, limit=9) == 1


class ProfileIsFull(Situation):
    says = [(
        "has_room",
        "1 of 1 member is full in the capacity profile Cases.",
        "An agent finishes work, or is given a higher limit.",
    )]  # fmt: skip
    fields: dict[str, Any] = {}

    def comes(self, w: World) -> None:
        self.profile = make_profile("Cases", limit=1)
        CapacityProfile.objects.filter(pk=self.profile.pk).update(**self.fields)
        self.profile.refresh_from_db()
        work = make_workstream(queue=w.queue, capacity_format=CapacityFormat.PROFILE)
        work.capacity_profiles.add(self.profile)
        w.member("alice", profiles=[self.profile])
        w.works("alice", work)
        w.waits(work)

    def mends(self, w: World) -> None:
        w.finishes()


class ProfileIsFullAndMayBeRaised(ProfileIsFull):
    def mends(self, w: World) -> None:
        set_agent_capacity_profiles(
            agent=w.people["alice"], profiles=[(self.profile, 2)], by=w.boss, now=w.now
        )


class ProfileOfTheDayIsUsedUp(ProfileIsFull):
    says = [(
        "has_room",
        "1 of 1 member is full in the capacity profile Cases.",
        "The day of an agent ends, which gives Cases back, or he is given a higher limit.",
    )]  # fmt: skip
    fields = {"reset_frequency": ResetFrequency.END_OF_DAY}

    def mends(self, w: World) -> None:
        w.finishes()
        w.stays()
        w.now = MIDNIGHT
        assert end_days.sweep(now=w.now, limit=9) == 1


class ProfileBlocksOtherWork(Situation):
    says = [(
        "has_room",
        "1 of 1 member is held back by the full profile Calls, which blocks other work.",
        "An agent finishes work of Calls.",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        calls = make_profile("Calls", limit=1, blocks=True)
        work = make_workstream(queue=w.queue, capacity_format=CapacityFormat.PROFILE)
        work.capacity_profiles.add(calls)
        w.member("alice", profiles=[calls])
        w.works("alice", work)
        w.waits()

    def mends(self, w: World) -> None:
        w.finishes()
