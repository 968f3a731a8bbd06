"""Who was asked has said no."""

from routing import service
from tests.routing.stories.waiting_work.presence import MORE_PRESENCES, PRESENCE
from tests.routing.stories.waiting_work.world import Situation, World

COOL_DOWN = "Wait until the cool-down is over, or assign it by hand."
AWAY = (
    "presence_is_allowed",
    f"1 of 2 members {PRESENCE}: 1 away.",
    f"An agent becomes available or busy, {MORE_PRESENCES}",
)


class DeclinedByTheOnlyOne(Situation):
    is_mended_by_time = True
    says = [(
        "has_not_declined_too_often",
        "1 of 1 member has declined it; offered again at 09:02:01 UTC.",
        COOL_DOWN,
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice")
        w.waits()
        w.declines("alice")
        w.cycle()

    def mends(self, w: World) -> None:
        w.later(seconds=60)


class DeclinedByAllAsOftenAsMayBe(DeclinedByTheOnlyOne):
    says = [(
        "has_not_declined_too_often",
        "Declined by all 2 members; offered again at 09:04:03 UTC.",
        COOL_DOWN,
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice")
        w.member("bob")
        w.waits()
        for _ in range(3):
            w.declines("alice")
            w.cycle()
            service.decline(item_id=w.item.pk, by=w.people["bob"], now=w.now)
        w.cycle()


class DeclinedWhileOthersAreAway(Situation):
    """He is asked again as long as nobody else can be."""

    says = [
        AWAY,
        (
            "has_not_declined_too_often",
            "1 of 2 members has declined it; offered again at 09:02:01 UTC.",
            COOL_DOWN,
        ),
    ]
    is_mended_by_time = True
    times = 1

    def comes(self, w: World) -> None:
        w.member("alice")
        w.member("bob")
        w.goes("bob", "away")
        w.waits()
        for _ in range(self.times):
            w.declines("alice")
        w.cycle()

    def mends(self, w: World) -> None:
        w.later(seconds=60)


class DeclinedTooOftenWhileOthersAreAway(DeclinedWhileOthersAreAway):
    """A 12: no more automatic offers to that agent, unless all others declined it, too."""

    says = [
        AWAY,
        (
            "has_not_declined_too_often",
            "1 of 2 members has declined it 3 times, as often as one is asked.",
            "Another member becomes able to take it, or it is assigned by hand.",
        ),
    ]
    is_mended_by_time = False
    times = 3

    def mends(self, w: World) -> None:
        w.later(hours=3)
        w.stays()
        w.goes("bob", "available")


class DeclinedTooOftenAndAssignedByHand(DeclinedTooOftenWhileOthersAreAway):
    is_mended_by_time = True

    def mends(self, w: World) -> None:
        service.assign(item_id=w.item.pk, agent=w.people["alice"], by=w.boss, now=w.now)


class DeclinedTooOftenWhileWhoMayBeAskedAgainWentAway(DeclinedTooOftenWhileOthersAreAway):
    """The end of his cool-down brings nobody."""

    says = [
        (
            AWAY[0],
            "1 of 2 members has a presence that the workstream does not allow: 1 away, and has"
            " declined it.",
            f"{AWAY[2]} That alone is not enough: {COOL_DOWN}",
        ),
        *DeclinedTooOftenWhileOthersAreAway.says[1:],
    ]

    def comes(self, w: World) -> None:
        super().comes(w)
        w.goes("bob", "available")
        w.cycle()
        service.decline(item_id=w.item.pk, by=w.people["bob"], now=w.now)
        w.goes("bob", "away")
        w.cycle()


class PutBackByTheOnlyOne(Situation):
    is_mended_by_time = True
    says = [(
        "has_not_declined_too_often",
        "1 of 1 member has just had it; offered again at 09:01:00 UTC.",
        COOL_DOWN,
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        w.member("alice")
        w.waits()
        service.accept(item_id=w.item.pk, by=w.people["alice"], now=w.now)
        service.release(item_id=w.item.pk, by=w.people["alice"], now=w.now)
        w.cycle()

    def mends(self, w: World) -> None:
        w.later(seconds=60)


class PutBackByOneAndDeclinedByTheOther(PutBackByTheOnlyOne):
    says = [(
        "has_not_declined_too_often",
        "2 of 2 members have declined or just had it; offered again at 09:01:00 UTC.",
        COOL_DOWN,
    )]  # fmt: skip

    def comes(self, w: World) -> None:
        super().comes(w)
        w.member("bob")
        w.cycle()
        service.decline(item_id=w.item.pk, by=w.people["bob"], now=w.now)
        w.cycle()
