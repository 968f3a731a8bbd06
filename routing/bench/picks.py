"""Many agents after the same few items of one queue, through the HTTP API."""

from collections.abc import Callable
from typing import Final

from agents.models import Agent
from config.models import ApiToken
from routing.bench.client import Request, send_all
from routing.bench.processes import serving
from routing.bench.row import Row, row_of
from routing.models import Assignment
from workstreams.models import WorkItem
from workstreams.terms import ItemState

RACING: Final = 160
# So many agents want each item.
RIVALS: Final = 8
RUNS: Final = 3
ALONE: Final = 40
# What racing may add to the time of an unloaded server.
MORE_MS: Final = 150.0
OK: Final = 200
TAKEN: Final = 409


def races(names: tuple[str, str], refill: Callable[[], None]) -> list[Row]:
    """Milliseconds of the slow one in twenty of 160 picks, eight an item at the same moment: all
    items at once, and one after the other within a second; beside picks one after the other."""
    at_once, spread = names
    refill()
    agents = Agent.objects.select_related("user").order_by("pk")[:RACING]
    tokens = {agent.pk: ApiToken.issue(agent.user) for agent in agents}
    with serving("web") as port:
        # Every thread of the server has its connection, and its plans, before anything counts.
        _race(port, tokens, seconds=0.0)
        alone = _alone(port, list(tokens.values()))
        yardstick = row_of(f"{at_once}-alone", alone[ALONE // 4 :], "ms")
        tails = {
            name: [_race(port, tokens, seconds=seconds) for _ in range(RUNS)]
            for name, seconds in ((at_once, 0.0), (spread, 1.0))
        }
    target = yardstick.value + MORE_MS
    rows = [
        row_of(name, found, "ms", yardstick=yardstick, target=target, at_least=False)
        for name, found in tails.items()
    ]
    return [yardstick, *rows]


def _alone(port: int, tokens: list[str]) -> list[float]:
    items = _open(ALONE)
    picks = [
        _pick(token, item, number / 10)
        for number, (token, item) in enumerate(zip(tokens, items, strict=False))
    ]
    return [answer.ms for answer in send_all(port, picks, connections=1)]


def _race(port: int, tokens: dict[int, str], *, seconds: float) -> float:
    """Those after the same item side by side: each of them meets the others. The items come within
    so many ``seconds``."""
    items = _open(RACING // RIVALS)
    due = {item: place * seconds / len(items) for place, item in enumerate(items)}
    wanted = [(items[number // RIVALS], agent) for number, agent in enumerate(tokens)]
    picks = [_pick(tokens[agent], item, due[item]) for item, agent in wanted]
    answers = send_all(port, picks, connections=RACING)
    strange = [each for each in answers if each.status not in (OK, TAKEN)]
    assert not strange, strange[0]
    won = [pair for pair, answer in zip(wanted, answers, strict=True) if answer.status == OK]
    assert [item for item, _ in won] == items, "not exactly one winner each"
    receipts = Assignment.objects.filter(item__in=items).values_list("item", "agent")
    assert sorted(receipts) == won, "receipts of others than the winners"
    return sorted(answer.ms for answer in answers)[int(len(answers) * 0.95)]


def _pick(token: str, item_id: int, after: float) -> Request:
    return Request(after=after, path=f"/api/v1/work-items/{item_id}/pick", token=token)


def _open(count: int) -> list[int]:
    waiting = WorkItem.objects.filter(state=ItemState.OPEN).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:count])
