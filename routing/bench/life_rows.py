"""Where whole lives are measured: in a small organisation, and in a large one."""

from collections.abc import Callable

from agents.models import AgentSkill
from config.clock import database_now
from routing.bench.closed_work import add_closed
from routing.bench.database import fresh_database
from routing.bench.organisation import NOBODYS_SKILL, build_organisation, fill_queues
from routing.bench.row import Row
from routing.bench.whole_life import lives
from workstreams.models import Workstream

# Where there was no closed work yet, PostgreSQL plans to read tables whole, and keeps to it until
# it counts them anew.
DAYS_PAST = 20_000


def living(name: str, *, is_full: bool) -> list[Row]:
    """200 agents who are always there, and the closed work of days past."""
    fresh_database()
    workstream = build_organisation(agents=200, queues=10, queues_of_agent=3, units=100)
    return lives(name, workstream, _refill(workstream, waiting=0), is_full=is_full)


def living_large(name: str, *, is_full: bool) -> list[Row]:
    """10,000 agents in 500 queues, in which 50,000 others wait for skills that nobody has."""
    fresh_database()
    workstream = build_organisation(
        agents=10_000, queues=500, queues_of_agent=3, units=100, skilled=True
    )
    AgentSkill.objects.all().delete()
    return lives(name, workstream, _refill(workstream, waiting=50_000), is_full=is_full)


def _refill(workstream: Workstream, *, waiting: int) -> Callable[[], None]:
    def refill() -> None:
        fill_queues(workstream=workstream, waiting=waiting, now=database_now(), asked=NOBODYS_SKILL)
        add_closed(workstream, DAYS_PAST)

    return refill
