"""Choosing one agent of many, narrowed by name, skill and queue, or one queue by its name."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from agents.models import Agent
from agents.terms import BasePresence
from config.forms import AppForm
from config.row_ids import row_id
from routing.queries.floor_agents import people
from workstreams.models import Queue, QueueMembership

TO_AGENT, TO_QUEUE = "agent", "queue"
AGENTS_SHOWN: Final = 50
CHOOSE: Final = "Choose an agent"
CHOOSE_QUEUE: Final = "Choose a queue"
GONE: Final = {"invalid_choice": "Not to be chosen any more. Choose among those there are now."}
TYPED: Final = "input changed delay:300ms, search"
NARROWING: Final = {"find": TYPED, "serves": "change", "named": TYPED}
LONGEST_SEARCH: Final = 100


class AgentChoiceForm(AppForm):
    """One agent or one queue, by ``to``. ``find`` and ``serves`` narrow the agents to choose from,
    ``named`` the queues: a dialog ``fetches`` itself anew with them, a page has a button for it."""

    find = forms.CharField(label="Name or skill", max_length=LONGEST_SEARCH, required=False)
    serves = forms.ModelChoiceField(
        label="Serves the queue", queryset=Queue.objects.none(), required=False, empty_label="Any"
    )
    agent = forms.ModelChoiceField(
        queryset=Agent.objects.none(), empty_label=CHOOSE, error_messages=GONE
    )
    named = forms.CharField(label="Name of the queue", max_length=LONGEST_SEARCH, required=False)
    queue = forms.ModelChoiceField(
        queryset=Queue.objects.none(), empty_label=CHOOSE_QUEUE, error_messages=GONE
    )
    shown_when = {
        "find": f"to={TO_AGENT}",
        "serves": f"to={TO_AGENT}",
        "agent": f"to={TO_AGENT}",
        "named": f"to={TO_QUEUE}",
        "queue": f"to={TO_QUEUE}",
    }
    nobody = "Nobody fits."
    everybody = "Everybody who fits, those with time first."

    def offer(self, *, agents: "QuerySet[Agent]", queues: "QuerySet[Queue]", fetches: str) -> None:
        """What may be chosen: agents in the order in which they are listed."""
        choose(self.fields["serves"], queues_of_others())
        self._narrow(agents)
        self._narrow_queues(queues)
        for name, when in NARROWING.items() if fetches else ():
            self.fields[name].widget.attrs |= {
                "hx-get": fetches,
                "hx-trigger": when,
                "hx-include": "closest form",
                "hx-params": "not csrfmiddlewaretoken",
                "hx-target": "#dialog-content",
                "hx-swap": "outerHTML",
            }

    def leave_out(self, *names: str) -> None:
        """Ask for one thing only: there is no choice."""
        for name in ("to", *names):
            del self.fields[name]
        kept = [name for row in self.fieldsets[0][1] for name in _names(row) if name in self.fields]
        self.fieldsets = (("", kept),)  # type: ignore[misc]  # what is left to ask for
        self.shown_when = {}  # type: ignore[misc]  # nothing to depend on

    def chosen(self) -> dict[str, Any]:
        """The agent or the queue, the other one None."""
        return {name: self.cleaned_data.get(name) for name in ("agent", "queue")}

    def described(self, agent: Agent) -> str:
        """An agent as he is listed."""
        skills = ", ".join(each.skill.name for each in agent.skills.all())
        known = f"{agent} ({agent.presence.presence})"
        return f"{known}: {skills}" if skills else known

    def _narrow(self, found: "QuerySet[Agent]") -> None:
        """The first of those that fit, and whoever is chosen already; anybody may be sent."""
        given = self.data if self.is_bound else self.initial
        field = choose(self.fields["agent"], found)
        fitting = list(_fitting(found, given)[: AGENTS_SHOWN + 1])
        shown = fitting[:AGENTS_SHOWN]
        picked = row_id(str(given.get("agent") or ""))
        if picked is not None and not any(agent.pk == picked for agent in shown):
            shown += found.filter(pk=picked)[:1]
        field.choices = [("", CHOOSE), *((agent.pk, self.described(agent)) for agent in shown)]
        field.help_text = self._help(len(fitting))

    def _narrow_queues(self, found: "QuerySet[Queue]") -> None:
        """Those of the name, and the one that is chosen already; any may be sent."""
        given = self.data if self.is_bound else self.initial
        field = choose(self.fields["queue"], found)
        search = _words(given, "named")
        if not search:
            return
        shown = found.filter(
            Q(name__icontains=search) | Q(pk=row_id(str(given.get("queue") or "")))
        )
        field.choices = [("", CHOOSE_QUEUE), *shown.values_list("pk", "name")]
        if len(field.choices) == 1:
            field.help_text = "No queue of this name is to be chosen here."

    def _help(self, count: int) -> str:
        if not count:
            return self.nobody
        if count > AGENTS_SHOWN:
            return (
                f"The first {AGENTS_SHOWN} of those who fit; narrow them by name, skill or queue."
            )
        return self.everybody


def choose(field: forms.Field, rows: "QuerySet[Any, Any]") -> "forms.ModelChoiceField[Any]":
    """Let a field of rows offer these."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    return field


def queues_of_others(by: Agent | None = None) -> "QuerySet[Queue]":
    """Queues of which somebody else is signed in."""
    members = QueueMembership.objects.filter(queue=OuterRef("pk"), agent__is_enabled=True)
    there = members.exclude(agent=by) if by is not None else members
    there = there.exclude(agent__presence__base=BasePresence.OFFLINE)
    return Queue.objects.filter(Exists(there.exclude(agent__presence__isnull=True)))


def _names(row: Any) -> tuple[str, ...]:
    return (row,) if isinstance(row, str) else tuple(row)


def _words(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").strip()[:LONGEST_SEARCH]


def _fitting(agents: "QuerySet[Agent]", given: Mapping[str, Any]) -> "QuerySet[Agent]":
    search = _words(given, "find")
    serves = row_id(str(given.get("serves") or ""))
    if search:
        by_skill = Agent.objects.filter(
            skills__skill__name__icontains=search, skills__is_active=True
        )
        agents = agents.filter(people(search) | Q(pk__in=by_skill.values("pk")))
    if serves is not None:
        agents = agents.filter(queues=serves)
    return agents
