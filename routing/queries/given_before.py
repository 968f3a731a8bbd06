"""What a batch had given before it came to an item."""

from collections.abc import Mapping
from typing import Final

from routing.engine.given import Given
from routing.models import Assignment, RoutingDecision
from routing.terms import DecisionStage, How

OF_BATCHES: Final = (How.PUSH, How.AFFINITY, How.PREFERRED)
# Receipts of one batch stand together, but for those that people made meanwhile.
MEANWHILE: Final = 200


def given_before(
    decision: RoutingDecision, place: int, profile_names: Mapping[int, str]
) -> list[Given] | None:
    """The ``place`` assignments that were decided along with this one before it, in turn: by
    their decisions, and by their receipts where decisions are purged. None where neither is kept;
    3 queries at most."""
    if place == 0:
        return []
    return _by_decisions(decision, place) or _by_receipts(decision, place, profile_names)


def _by_decisions(decision: RoutingDecision, place: int) -> list[Given] | None:
    rows = (
        RoutingDecision.objects.filter(
            at=decision.at,
            stage=DecisionStage.ASSIGNMENT,
            id__lt=decision.pk,
            document__read__place__lt=place,
        )
        .order_by("-id")
        .values_list(
            "agent_id",
            "queue_id",
            "document__read__place",
            "document__units",
            "document__capacity_profiles",
        )
    )
    found = list(rows[:place])
    if [row[2] for row in reversed(found)] != list(range(place)):
        return None
    return [
        Given(agent_id=agent or 0, queue_id=queue or 0, units=units, profiles=tuple(profiles))
        for agent, queue, _, units, profiles in reversed(found)
    ]


def _by_receipts(
    decision: RoutingDecision, place: int, profile_names: Mapping[int, str]
) -> list[Given] | None:
    of_batch = Assignment.objects.filter(offered_at=decision.at, how__in=OF_BATCHES)
    own = of_batch.filter(item=decision.work_item_id).values_list("pk", flat=True).first()
    if own is None:
        return None
    near = of_batch.filter(pk__lt=own, pk__gte=own - place - MEANWHILE).order_by("-pk")
    found = list(near.values_list("agent_id", "queue_id", "units", "profiles")[:place])
    if len(found) < place or any(id not in profile_names for row in found for id in row[3]):
        return None
    return [
        Given(
            agent_id=agent,
            queue_id=queue,
            units=units,
            profiles=tuple(profile_names[id] for id in profiles),
        )
        for agent, queue, units, profiles in reversed(found)
    ]
