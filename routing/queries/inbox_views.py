"""The views of an agent's inbox: built in, his own, and those shared with all."""

from django.db.models import Q

from agents.models import Agent
from routing.queries.inbox_order import BUILT_IN, Narrowing, View
from workstreams.models import InboxView

OWN, SHARED = "My views", "Shared views"


def views_of(agent: Agent) -> list[View]:
    """In the order in which they are offered, the first is the usual one; 1 query."""
    made = InboxView.objects.filter(Q(owner=agent) | Q(owner=None)).order_by("name", "pk")
    views = [_view(each) for each in made]
    return [*BUILT_IN, *sorted(views, key=lambda view: view.group)]


def _view(made: InboxView) -> View:
    return View(
        name=f"view-{made.pk}",
        label=made.name,
        of=made.of,
        kinds=tuple(made.kinds),
        group=SHARED if made.owner_id is None else OWN,
        conditions=Narrowing(
            search=made.words,
            channel=made.channel,
            read=made.read,
            sort=made.sort,
            order=made.order,
        ),
    )
