"""Who holds how much of a capacity profile, and what attaches it to work."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from agents.models import AgentCapacityProfile, CapacityProfile
from routing.models import ProfileLoad
from workstreams.models import Workstream


@dataclass(frozen=True, kw_only=True)
class ProfileTotals:
    """Of all agents who have the profile: how many are there, at their limit, and in use."""

    holders: int
    full: int
    used: int


def profile_holders(profile: CapacityProfile) -> "QuerySet[Any]":
    """The agents who have it, with what they hold (``used``), fullest first; one statement."""
    loads = ProfileLoad.objects.filter(agent=OuterRef("agent"), profile=OuterRef("profile"))
    used = Subquery(loads.values("used")[:1], output_field=IntegerField())
    limit = Coalesce("custom_limit", "profile__work_item_limit")
    rows = AgentCapacityProfile.objects.filter(profile=profile)
    return (
        rows.select_related("agent__user", "profile")
        .annotate(used=Coalesce(used, 0), own_limit=limit)
        .order_by("-used", "agent__user__first_name", "agent__user__username")
    )


def profile_totals(profile: CapacityProfile) -> ProfileTotals:
    """Three statements."""
    holders = profile_holders(profile)
    used = profile.loads.values_list("used", flat=True)
    return ProfileTotals(
        holders=holders.count(),
        full=holders.filter(used__gte=F("own_limit")).count(),
        used=sum(used),
    )


def held_without(profile: CapacityProfile) -> "QuerySet[ProfileLoad]":
    """Agents who still hold work of it and have it no more: they finish what they have."""
    has = AgentCapacityProfile.objects.filter(agent=OuterRef("agent"), profile=profile)
    loads = ProfileLoad.objects.filter(profile=profile, used__gt=0)
    return loads.exclude(Exists(has)).select_related("agent__user").order_by("-used", "agent_id")


def attaching_workstreams(profile: CapacityProfile) -> "QuerySet[Workstream]":
    """Workstreams whose work takes one of it."""
    return Workstream.objects.filter(capacity_profiles=profile).order_by("name")
