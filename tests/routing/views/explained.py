"""The page that explains a work item, and what it tells."""

from django.urls import reverse

from routing.models import RoutingDecision
from workstreams.terms import ItemState, Reason


def url(item):
    """Its address."""
    return reverse("routing:work-item-explanation", args=[item.pk])


def get(client, user, item, **headers):
    """The page as somebody sees it."""
    client.force_login(user)
    return client.get(url(item), headers=headers)


def decide(item, now, stage, **document):
    """A decision is stored with this document."""
    RoutingDecision.objects.create(
        work_item_id=item.pk, stage=stage, version=1, at=now, document=document
    )


def give(item, agent):
    """What was decided is done."""
    type(item).objects.filter(pk=item.pk).update(
        state=ItemState.ACTIVE, reason=Reason.IN_CONVERSATION, agent=agent
    )
