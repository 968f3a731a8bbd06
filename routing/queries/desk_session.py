"""The session of a work item on the desk: how its workstream's template opens it (B 11.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from agents.models import Agent
from workstreams.models import SessionTemplate, WorkItem
from workstreams.queries.slug_values import slug_values
from workstreams.slugs import fill
from workstreams.terms import LABELS, ItemKind, PanelMode, SessionAnchor, SessionType

EARLIER_SHOWN: Final = 20
# The tab of advice: no template places it, it is there once advice was asked for.
CONSULT: Final = "consult"
# What a workstream without a template of its own opens with.
PLAIN: Final = SessionTemplate(
    name="Plain session",
    title="{customerName}",
    anchor_tab=SessionAnchor.CUSTOMER.value,
    tabs=[
        SessionAnchor.CONTEXT.value,
        SessionAnchor.HISTORY.value,
        SessionAnchor.ROUTING.value,
    ],
)


@dataclass(frozen=True, kw_only=True)
class SessionTab:
    """One tab; its anchor names what it shows."""

    anchor: str
    label: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Session:
    """Title, icon, where the conversation stands, and the tabs with the one that is open."""

    title: str
    icon: str
    panel_mode: str
    tabs: tuple[SessionTab, ...]

    @property
    def current(self) -> str:
        """What the open tab shows."""
        return next(tab.anchor for tab in self.tabs if tab.is_current)

    @property
    def shows_talk(self) -> bool:
        return self.panel_mode != PanelMode.HIDDEN

    @property
    def is_minimized(self) -> bool:
        return self.panel_mode == PanelMode.MINIMIZED

    @property
    def lays_talk_open(self) -> bool:
        """Whether what is said is before the agent's eyes without a click of his."""
        return self.shows_talk and not self.is_minimized


def session_of(
    item: WorkItem,
    agent: Agent,
    *,
    tab: str = "",
    panel: str = "",
    has_consults: bool = False,
    is_adviser: bool = False,
) -> Session:
    """The session of an item loaded with its workstream's template and ``SLUG_RELATIONS``.

    ``tab`` and ``panel`` are what the agent asked for; anything else is as the template says. An
    adviser begins with the talk of his advice.
    No query, but one for a record whose workstream has no template.
    """
    template = item.workstream.session_template or _of_record(item) or PLAIN
    title = fill(template.title, slug_values(item, agent)).strip() or item.customer_name
    anchors = [template.anchor_tab, *template.tabs, *([CONSULT] if has_consults else [])]
    current = tab if tab in anchors else CONSULT if is_adviser else template.anchor_tab
    first = {template.anchor_tab: title} if template.titles_anchor_tab else {}
    return Session(
        title=title,
        icon=template.icon,
        panel_mode=panel if panel in list(PanelMode) else template.panel_mode,
        tabs=tuple(_tab(anchor, first, current) for anchor in anchors),
    )


def earlier_work(item: WorkItem) -> list[WorkItem]:
    """The customer's other work items, the latest first; 1 query, none for a stranger."""
    same = Q(contact=item.contact_id) if item.contact_id else Q(account=item.account_id)
    if not (item.contact_id or item.account_id):
        return []
    others = WorkItem.objects.filter(same).exclude(pk=item.pk)
    return list(others.select_related("workstream").order_by("-created_at", "-pk")[:EARLIER_SHOWN])


def _tab(anchor: str, first: Mapping[str, str], current: str) -> SessionTab:
    words = "Consult" if anchor == CONSULT else LABELS[SessionAnchor(anchor)]
    label = first.get(anchor) or words
    return SessionTab(anchor=anchor, label=label, is_current=anchor == current)


def _of_record(item: WorkItem) -> SessionTemplate | None:
    """One's own template for records of this type before the one that is built in."""
    if item.kind != ItemKind.RECORD or item.record is None:
        return None
    templates = SessionTemplate.objects.filter(
        type=SessionType.ENTITY, record_type=item.record.record_type_id
    )
    return templates.order_by("is_built_in", "name").first()
