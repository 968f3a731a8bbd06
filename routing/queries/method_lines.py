"""The lists of an assignment method as sentences, with the addresses of what can be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from routing.catalogue import sentence_of
from routing.catalogue.catalogue import words_of
from routing.engine.methods.describe import ORDER_WORDS, condition_in_words, order_in_words
from routing.engine.methods.shapes import Order
from workstreams.models import AssignmentMethod

Document = Mapping[str, Any]
LAST = "Whatever no rule takes comes last, first in, first out."
RELAXED = "The first rule that any agent meets decides; nobody meets one: the item waits."
CHOSEN = "The first criterion that an item meets chooses its ruleset; else it is {default}."


@dataclass(frozen=True, kw_only=True)
class MethodLine:
    """One entry. ``number`` counts within its list."""

    number: int
    name: str
    condition: str
    outcome: str
    is_first: bool
    is_last: bool
    edit_url: str
    move_url: str
    delete_url: str


@dataclass(frozen=True, kw_only=True)
class MethodCard:
    """One list; a ruleset is one too, with its ``own`` line for its name and place."""

    id: str
    title: str
    about: str
    lines: list[MethodLine]
    create_url: str
    create_label: str
    empty: str = ""
    own: MethodLine | None = None


def prioritization_card(method: AssignmentMethod) -> MethodCard:
    """Buckets of items."""
    return MethodCard(
        id="prioritization",
        title="Prioritisation rules",
        about=LAST,
        lines=_lines(method, "prioritization", method.prioritization, _bucket),
        create_url=_url("create", method, "prioritization"),
        create_label="New rule",
        empty="No rules: the queue is served first in, first out.",
    )


def ruleset_cards(method: AssignmentMethod) -> list[MethodCard]:
    """Rules about agents, ruleset by ruleset."""
    own = _lines(method, "rulesets", method.rulesets, lambda each: ("", ""))
    return [
        MethodCard(
            id=f"rules-{line.number}",
            title=line.name,
            about=RELAXED,
            lines=_lines(method, f"rules-{line.number}", ruleset["rules"], _rule),
            create_url=_url("create", method, f"rules-{line.number}"),
            create_label="New rule",
            own=line,
        )
        for line, ruleset in zip(own, method.rulesets, strict=True)
    ]


def selection_card(method: AssignmentMethod) -> MethodCard:
    """Criteria that choose among rulesets."""
    default = f"“{method.rulesets[0]['name']}”" if method.rulesets else "the first one"
    return MethodCard(
        id="selection",
        title="Selection criteria",
        about=CHOSEN.format(default=default),
        lines=_lines(method, "selection", method.selection, _criterion),
        create_url=_url("create", method, "selection"),
        create_label="New criterion",
        empty=f"No criteria: the ruleset is always {default}.",
    )


def create_ruleset_url(method: AssignmentMethod) -> str:
    return _url("create", method, "rulesets")


def _lines(
    method: AssignmentMethod, part: str, entries: list[Document], tell: Any
) -> list[MethodLine]:
    return list(_each(method, part, entries, tell))


def _each(
    method: AssignmentMethod, part: str, entries: list[Document], tell: Any
) -> Iterator[MethodLine]:
    for number, entry in enumerate(entries, start=1):
        condition, outcome = tell(entry)
        yield MethodLine(
            number=number,
            name=entry["name"],
            condition=condition,
            outcome=outcome,
            is_first=number == 1,
            is_last=number == len(entries),
            edit_url=_url("edit", method, part, number),
            move_url=_url("move", method, part, number),
            delete_url=_url("delete", method, part, number),
        )


def _bucket(bucket: Document) -> tuple[str, str]:
    order = bucket["order_by"]
    outcome = "first in, first out"
    if order:
        outcome = f"by {words_of(order['by'])}, {order['direction']}"
    return sentence_of(bucket["when"]), outcome


def _rule(rule: Document) -> tuple[str, str]:
    words = [order_in_words(order) for order in rule["order_by"]]
    return condition_in_words(rule["when"]), "; then ".join(words) or ORDER_WORDS[Order.ROUND_ROBIN]


def _criterion(criterion: Document) -> tuple[str, str]:
    return sentence_of(criterion["when"]), f"ruleset {criterion['ruleset']}"


def _url(page: str, method: AssignmentMethod, part: str, number: int | None = None) -> str:
    kwargs: dict[str, Any] = {"assignment_method_id": method.pk, "part": part}
    if number is not None:
        kwargs["number"] = number
    return reverse(f"routing:assignment-method-part-{page}", kwargs=kwargs)
