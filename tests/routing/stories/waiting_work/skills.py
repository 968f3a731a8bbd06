"""Nobody knows what it needs."""

from agents.models import Agent
from tests.routing.stories.waiting_work.presence import MORE_PRESENCES
from tests.routing.stories.waiting_work.room import FREE
from tests.routing.stories.waiting_work.world import Situation, World
from workstreams.actions.edit_workstream import edit_workstream

ALONE = "That alone is not enough:"
GIVE_GERMAN = "Give an agent German (3 or better), or use closest matching."


class SkillIsMissing(Situation):
    says = [("has_every_skill", "1 of 1 member lacks German (3 or better).", GIVE_GERMAN)]

    def comes(self, w: World) -> None:
        w.member("alice")
        w.waits(needs={"German": 3})

    def mends(self, w: World) -> None:
        w.knows("alice", "German", 3)


class RatingIsTooLow(SkillIsMissing):
    def comes(self, w: World) -> None:
        w.member("alice", skills={"German": 2})
        w.waits(needs={"German": 3})


class SkillIsMissingAndMatchedClosely(SkillIsMissing):
    def mends(self, w: World) -> None:
        edit_workstream(workstream=w.workstream, by=w.boss, now=w.now, skill_matching="closest")


class FullAndWithoutTheSkill(Situation):
    says = [(
        "has_room",
        "1 of 1 member is full, and lacks German (3 or better).",
        f"{FREE} {ALONE} {GIVE_GERMAN}",
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice", units=1)
        w.works("alice")
        w.waits(needs={"German": 3})

    def mends(self, w: World) -> None:
        w.finishes()
        w.stays()
        w.knows("alice", "German", 4)


class SeveralAtOnce(Situation):
    says = [
        ("has_room", "2 of 5 members are full; 1 of them lacks German (3 or better).", FREE),
        ("is_enabled", "1 of 5 members is disabled.", "Enable agents for routing."),
        (
            "presence_is_allowed",
            "1 of 5 members has a presence that the workstream does not allow: 1 away, and lacks"
            " German (3 or better).",
            f"An agent becomes available or busy, {MORE_PRESENCES} {ALONE} {GIVE_GERMAN}",
        ),
        ("has_every_skill", "1 of 5 members lacks German (3 or better).", GIVE_GERMAN),
    ]

    def comes(self, w: World) -> None:
        w.member("busy", units=1)
        w.works("busy")
        w.member("speaker", units=1, skills={"German": 4})
        w.works("speaker")
        w.member("free")
        w.member("away")
        w.goes("away", "away")
        w.member("gone", skills={"German": 5})
        Agent.objects.filter(pk=w.people["gone"].pk).update(is_enabled=False)
        w.waits(needs={"German": 3})

    def mends(self, w: World) -> None:
        w.finishes()
