"""Hold what an offer left out because its agent had taken the same work on that day."""

from collections.abc import Sequence

from django.db.models import F

from routing.actions.hold_capacity import lock_profile_loads
from routing.models import Assignment, ProfileLoad
from routing.queries.end_of_day import profiles_of_the_day


def hold_rest(assignment: Assignment, needed: Sequence[int]) -> None:
    """The locked receipt of work that is accepted holds all that is ``needed``, whatever became of
    the earlier receipt; ``note_day`` then counts both once. The agent's load is locked."""
    if not (left_out := [each for each in needed if each not in assignment.profiles]):
        return
    same_work = Assignment.objects.filter(
        item=assignment.item_id, agent=assignment.agent_id, day_profiles__overlap=left_out
    )
    days = same_work.values_list("day_profiles", flat=True)
    taken = {profile for each in days for profile in each or ()}
    there = profiles_of_the_day().filter(pk__in=taken.intersection(left_out))
    if not (rest := sorted(there.values_list("pk", flat=True))):
        return
    held = lock_profile_loads(assignment.agent_id, rest)
    loads = ProfileLoad.objects.filter(pk__in=[load.pk for load in held.values()])
    loads.update(used=F("used") + 1)
    assignment.profiles = [*assignment.profiles, *rest]
    assignment.save(update_fields=["profiles"])
