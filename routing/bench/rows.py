"""Which rows there are, and in which order they are measured."""

from collections.abc import Callable, Collection, Iterator
from functools import partial

from agents.models import AgentSkill
from config.clock import database_now
from routing.bench.arrivals import arrivals
from routing.bench.checks import add_rules, checks
from routing.bench.closed_work import closed_rows
from routing.bench.cycles import busy_cycles, first_cycles, full_cycles, idle, idle_cycles
from routing.bench.database import fresh_database
from routing.bench.declined import declined_rows
from routing.bench.explanations import explanation_rows
from routing.bench.growth import growth
from routing.bench.learned import classify_learned
from routing.bench.life_rows import living, living_large
from routing.bench.matched_together import rows_of_queues
from routing.bench.matches import match_rows
from routing.bench.methods import (
    BY_FIELDS,
    RELAXING,
    USUAL,
    use_built_in,
    use_method,
)
from routing.bench.names import (
    ARRIVING,
    ARRIVING_FAST,
    ASSIGNING,
    CHECKING,
    CLOSED,
    CUSTOM,
    DECIDING,
    DECLINED,
    EVERYWHERE,
    EXPLAINING,
    GROWING,
    LARGE,
    LEARNED,
    LISTING,
    LIVING,
    LIVING_LARGE,
    MATCHING,
    MATCHING_QUEUES,
    OVERFLOWING,
    PICKING,
    PUBLISHING,
    RECORDS,
    RULES,
    STREAMING,
    TAKING_OVER,
    YARDSTICKS,
)
from routing.bench.organisation import (
    NOBODYS_SKILL,
    build_organisation,
    fill_queues,
    stay_available,
)
from routing.bench.overflow import overflow_rows
from routing.bench.pages.page_rows import NAMES as PAGES
from routing.bench.pages.page_rows import page_rows
from routing.bench.picks import races
from routing.bench.publishing import publish_rows
from routing.bench.publishing_everywhere import everywhere_rows
from routing.bench.record_batches import record_batch
from routing.bench.row import Row
from routing.bench.rule_rows import make_workstreams
from routing.bench.rules import rule_rows
from routing.bench.rules_page import fill_rules, rules_page
from routing.bench.streams import stream_rows
from routing.bench.takeovers import takeovers
from routing.bench.weeks.week_rows import NAMES as WEEK
from routing.bench.weeks.week_rows import week_rows
from routing.bench.workstream_list import fill, workstream_list
from routing.bench.yardsticks import in_batches, one_by_one, written
from workstreams.models import Queue, Workstream
from workstreams.terms import WorkstreamType


def measure(only: Collection[str], *, is_full: bool = False) -> Iterator[Row]:
    """The rows asked for, all without a choice, each group in a database of its own.

    The largest sizes, which take minutes, are for who asks for the full edition.
    """

    def wanted(names: Collection[str]) -> bool:
        return not only or any(name in only for name in names)

    if wanted(DECIDING):
        yield from rule_rows()
    if wanted(PUBLISHING):
        yield from _publishing()
    if wanted(EVERYWHERE):
        yield from _publishing_everywhere()
    if wanted(EXPLAINING):
        yield from _explaining()
    if wanted(CLOSED):
        yield from _closed()
    if wanted(ASSIGNING):
        yield from _assigning()
    if wanted(CUSTOM):
        yield from _custom()
    if wanted(MATCHING):
        yield from match_rows()
    if wanted(MATCHING_QUEUES):
        yield from rows_of_queues()
    if wanted(DECLINED):
        yield from declined_rows()
    if wanted(LARGE):
        yield from _large()
    if wanted(PAGES):
        yield from page_rows()
    if wanted(STREAMING):
        yield from stream_rows(STREAMING[0], 1_000)
    if wanted(WEEK):
        yield from week_rows()
    if wanted(YARDSTICKS):
        yield from _yardsticks()
    if wanted(LISTING):
        yield from _listing()
    if wanted(RULES):
        yield from _rules()
    if wanted(LEARNED):
        yield from classify_learned()
    if wanted(RECORDS):
        yield from record_batch()
    if wanted(CHECKING):
        yield from _checking()
    if wanted(OVERFLOWING):
        yield from _overflowing()
    if wanted(ARRIVING):
        yield from _arriving()
    if wanted(ARRIVING_FAST):
        yield from _arriving_fast()
    if wanted(LIVING):
        yield from living(LIVING[0], is_full=is_full)
    if wanted(LIVING_LARGE):
        yield from living_large(LIVING_LARGE[0], is_full=is_full)
    if wanted(PICKING):
        yield from _picking()
    if wanted(TAKING_OVER):
        yield from _taking_over()
    if wanted(GROWING):
        yield from growth(with_items=_with_items, with_agents=_with_agents, is_full=is_full)


def _refilled(*, agents: int, queues: int, waiting: int, units: int) -> Callable[[], None]:
    fresh_database()
    workstream = build_organisation(agents=agents, queues=queues, queues_of_agent=3, units=units)
    return partial(_fill, workstream, waiting)


def _fill(workstream: Workstream, waiting: int) -> None:
    fill_queues(workstream=workstream, waiting=waiting, now=database_now())


def _assigning() -> Iterator[Row]:
    """1,000 agents, 10 queues, 10,000 waiting."""
    refill = _refilled(agents=1_000, queues=10, waiting=10_000, units=10)
    one = one_by_one(refill)
    yield one
    yield in_batches(refill, 1000)
    yield busy_cycles("cycle-builtin-1000", refill, yardstick=one, target_ratio=2.5, in_a_row=2)
    yield idle_cycles("cycle-nobody-free", refill)


def _custom() -> Iterator[Row]:
    """The same organisation with the built-in method written as rules, and with rules that look
    at each item: buckets, and an order by a date."""
    refill = _refilled(agents=1_000, queues=10, waiting=10_000, units=10)
    one = one_by_one(refill)
    use_method(USUAL)
    yield busy_cycles("cycle-custom-1000", refill, yardstick=one, target_ratio=1.0, in_a_row=2)
    use_method(BY_FIELDS)
    name = "cycle-custom-fields-1000"
    yield busy_cycles(name, refill, yardstick=one, target_ratio=0.5, in_a_row=2)


def _large() -> Iterator[Row]:
    """10,000 agents, 500 queues, 50,000 waiting, skills on half of them."""
    fresh_database()
    workstream = build_organisation(
        agents=10_000, queues=500, queues_of_agent=3, units=10, skilled=True
    )
    refill = partial(_fill, workstream, 50_000)
    one = one_by_one(refill)
    yield one
    yield in_batches(refill, 1000)
    yield busy_cycles(LARGE[0], refill, yardstick=one, target_ratio=2.5)
    yield first_cycles(LARGE[6], refill)
    yield idle_cycles(LARGE[1], refill)
    yield full_cycles(LARGE[5], refill)
    use_method(RELAXING)
    yield busy_cycles(LARGE[3], refill, yardstick=one, target_ratio=1.5)
    use_built_in()
    AgentSkill.objects.all().delete()
    fill_queues(workstream=workstream, waiting=50_000, now=database_now(), asked=NOBODYS_SKILL)
    yield idle(LARGE[2])
    yield idle(LARGE[4], is_cold=True)


def _yardsticks() -> Iterator[Row]:
    """Plain SQL with other numbers of clients, and other sizes of batches, in the same place."""
    refill = _refilled(agents=10_000, queues=500, waiting=50_000, units=10)
    for clients in (1, 4, 8):
        yield one_by_one(refill, clients=clients)
    for size in (10, 100, 1_000, 10_000):
        yield written(refill, size)


def _with_items(waiting: int) -> None:
    """1,000 agents in 10 queues."""
    _refilled(agents=1_000, queues=10, waiting=waiting, units=10)()


def _with_agents(agents: int) -> None:
    """10,000 waiting in as many queues as give each 60 members."""
    _refilled(agents=agents, queues=max(5, agents // 20), waiting=10_000, units=10)()


def _picking() -> Iterator[Row]:
    """160 members of one queue; work that may be picked."""
    fresh_database()
    workstream = build_organisation(agents=160, queues=1, queues_of_agent=1, units=100)
    Workstream.objects.filter(pk=workstream.pk).update(may_be_picked=True)
    yield from races(PICKING, partial(_fill, workstream, 500))


def _taking_over() -> Iterator[Row]:
    """200 agents with room, nothing else to do."""
    fresh_database()
    workstream = build_organisation(agents=200, queues=10, queues_of_agent=3, units=100)
    yield from takeovers(TAKING_OVER, workstream)


def _listing() -> Iterator[Row]:
    """10,000 workstreams, 200,000 items waiting."""
    fresh_database()
    fill(workstreams=10_000, queues=100, waiting_each=20)
    yield from workstream_list(LISTING[0])


def _rules() -> Iterator[Row]:
    """200 route-to-queue rules of ten conditions each."""
    fresh_database()
    workstream = build_organisation(agents=10, queues=10, queues_of_agent=3, units=10)
    fill_rules(workstream)
    yield from rules_page(RULES[0], workstream)


def _publishing() -> Iterator[Row]:
    """10,000 rules in 50 workstreams."""
    fresh_database()
    yield from publish_rows(make_workstreams(50, _queue()))


def _publishing_everywhere() -> Iterator[Row]:
    """The same, and 200 agents who are offered what comes in."""
    fresh_database()
    build_organisation(agents=200, queues=10, queues_of_agent=3, units=100)
    stay_available()
    yield from everywhere_rows(EVERYWHERE, make_workstreams(50, _bench_queue()))


def _explaining() -> Iterator[Row]:
    """500 rules on arrival, 1,000 members of the queue to which they lead."""
    fresh_database()
    build_organisation(agents=1_000, queues=1, queues_of_agent=1, units=10)
    [workstream] = make_workstreams(1, _bench_queue(), rules_each=250)
    yield from explanation_rows(EXPLAINING[0], workstream)


def _bench_queue() -> Queue:
    return Queue.objects.filter(name__startswith="Bench queue").earliest("pk")


def _closed() -> Iterator[Row]:
    """200 rules on arrival, a million closed items."""
    fresh_database()
    [workstream] = make_workstreams(1, _queue())
    yield from closed_rows(workstream, closed=1_000_000)


def _queue() -> Queue:
    return Queue.objects.create(name="Bench queue", type=WorkstreamType.MESSAGING)


def _checking() -> Iterator[Row]:
    """1,000 workstreams with 10 rules each, 1,000 agents."""
    fresh_database()
    build_organisation(agents=1_000, queues=10, queues_of_agent=3, units=10)
    fill(workstreams=999, queues=10, waiting_each=0, queue_name="Stream queue")
    add_rules()
    yield from checks(CHECKING[0])


def _overflowing() -> Iterator[Row]:
    """10,000 wait too long in 100 queues."""
    fresh_database()
    workstream = build_organisation(agents=10, queues=100, queues_of_agent=3, units=10)
    yield from overflow_rows(workstream, waiting=10_000)


def _arriving() -> Iterator[Row]:
    """200 agents online, items through the API."""
    _refilled(agents=200, queues=10, waiting=0, units=100)()
    stay_available()
    yield from arrivals(20, "Bench chat", targets=(120.0, 250.0))


def _arriving_fast() -> Iterator[Row]:
    """1,000 agents online, items through the API."""
    _refilled(agents=1_000, queues=10, waiting=0, units=100)()
    stay_available()
    yield from arrivals(100, "Bench chat", targets=(120.0, 250.0))
