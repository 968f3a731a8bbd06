"""What the parts of the desk show: one context a part, for the page and for its fragments."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest

from agents.models import Agent
from agents.views.desk.commands import commands_for
from config.clock import shown_now
from config.live.topics import topics_of_queues
from config.row_ids import row_id
from routing.queries import desk
from routing.queries.desk_consults import advised_items, consult_requests, consults_of
from routing.queries.desk_item import ItemOnDesk, find_on_desk
from routing.queries.desk_offers import my_offers
from routing.queries.desk_order import BY_NAME, ORDERS, USUAL, in_order
from routing.queries.desk_session import CONSULT, earlier_work, session_of
from routing.queries.end_of_day import start_of_day
from routing.queries.item_timeline import item_timeline
from routing.queries.predicted import predicted_for
from workstreams.queries.conversation import conversation
from workstreams.queries.suggestions import open_suggestions
from workstreams.queries.survey_answers import survey_answers
from workstreams.terms import SessionAnchor

GONE = "This work item is not with you, and not open in one of your queues."


def selected_id(request: HttpRequest) -> int:
    """The item whose conversation is open beside the lists; 0 for none."""
    return row_id(request.GET.get("selected", "")) or 0


def offers(agent: Agent, selected: int = 0) -> dict[str, Any]:
    found = my_offers(agent)
    opening = "-".join(str(offer.item.id) for offer in found if offer.auto_accept)
    was = "-".join(str(offer.assignment_id) for offer in found)
    return {
        "offers": found,
        "opening": opening,
        "was": was,
        "agent": agent,
        "selected": selected,
    }


def mine(agent: Agent, selected: int = 0) -> dict[str, Any]:
    items, more = desk.my_items_shown(agent)
    return {
        "mine": items,
        "more_mine": more,
        "advised": advised_items(agent),
        "agent": agent,
        "selected": selected,
    }


def asked(agent: Agent) -> dict[str, Any]:
    found = consult_requests(agent)
    return {"requests": found, "asked_was": "-".join(str(request.id) for request in found)}


def requests(agent: Agent, selected: int = 0) -> dict[str, Any]:
    """What other agents ask this one, or his queues; its list tells the page of which queues."""
    topics = topics_of(agent)
    return {
        **asked(agent),
        "request_triggers": triggers(topics),
        "followed_topics": topics,
        "agent": agent,
        "selected": selected,
    }


def open_items(agent: Agent, selected: int = 0, order: str = "") -> dict[str, Any]:
    items, count = desk.open_items(agent)
    return {
        "open_items": in_order(items, order),
        "order": order if order in BY_NAME else USUAL,
        "orders": ORDERS,
        "open_count": count,
        "open_triggers": triggers(["topics", *topics_of_queues(desk.queue_ids(agent))]),
        "agent": agent,
        "selected": selected,
    }


def closed(agent: Agent, selected: int = 0) -> dict[str, Any]:
    return {
        "closed_items": desk.closed_items(agent, since=start_of_day(agent, shown_now())),
        "agent": agent,
        "selected": selected,
    }


def lists(agent: Agent, selected: int = 0, order: str = "") -> dict[str, Any]:
    """Every list of the page; ``order`` is that of the open work items."""
    parts = (offers, requests, mine, closed)
    shown = [part(agent, selected) for part in parts] + [open_items(agent, selected, order)]
    return {name: value for part in shown for name, value in part.items()}


def panel(
    found: ItemOnDesk, agent: Agent, asked: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The session: the conversation and the card with its tabs; ``asked`` is the address's
    ``tab`` and ``panel``."""
    session = side(found, agent, asked or {})
    talked = talk(found, after=0) if session["session"].shows_talk else {}
    return {**talked, **composer(found), **session, **suggestions(found)}


def side(found: ItemOnDesk, agent: Agent, asked: Mapping[str, str]) -> dict[str, Any]:
    """The card beside the conversation."""
    return {
        **session_shown(found, agent, asked),
        "predicted": predicted_for(found.item.pk),
    }


def session_shown(found: ItemOnDesk, agent: Agent, asked: Mapping[str, str]) -> dict[str, Any]:
    """The session and what its open tab shows; that alone is read."""
    session = session_of(
        found.item,
        agent,
        tab=asked.get("tab", ""),
        panel=asked.get("panel", ""),
        has_consults=found.has_consults,
        is_adviser=found.consult is not None,
    )
    context: dict[str, Any] = {"found": found, "item": found.item, "session": session}
    if session.current == SessionAnchor.CUSTOMER:
        context["answers"] = survey_answers(found.item)
    if session.current == SessionAnchor.HISTORY and found.may_read:
        context["earlier"] = earlier_work(found.item)
    if session.current == SessionAnchor.ROUTING:
        context["moments"] = item_timeline(found.item)
    if session.current == CONSULT:
        context["consults"] = consults_of(found.item, agent)
    return context


def talk(found: ItemOnDesk, *, after: int) -> dict[str, Any]:
    lines = conversation(found.item, after=after) if found.may_read else []
    return {
        "found": found,
        "item": found.item,
        "lines": lines,
        "after": lines[-1].id if lines else after,
    }


def composer(found: ItemOnDesk) -> dict[str, Any]:
    return {
        "found": found,
        "item": found.item,
        "client_key": uuid4(),
        "text": "",
        "errors": [],
        "commands": commands_for(found) if found.may_write else [],
    }


def suggestions(found: ItemOnDesk) -> dict[str, Any]:
    """What smart assist bots propose for the answer, where the agent may give one."""
    cards = open_suggestions(found.item) if found.may_write else []
    return {"found": found, "item": found.item, "cards": cards}


def get_on_desk(item_id: int, agent: Agent) -> ItemOnDesk:
    """The item as the agent may see it; 404 for anything else."""
    found = find_on_desk(item_id, agent)
    if found is None:
        raise Http404(GONE)
    return found


def topics_of(agent: Agent) -> list[str]:
    """What an agent's own pages listen to; who serves which queue changes while they are open."""
    return [f"agent-{agent.pk}", *topics_of_queues(desk.queue_ids(agent))]


def triggers(topics: Any) -> str:
    """What makes a list fetch itself: changes told by the stream, and the desk's own moves."""
    events = [f"{topic}-changed from:body" for topic in topics]
    return ", ".join([*events, "desk-changed from:body"])
