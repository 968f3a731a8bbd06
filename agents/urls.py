"""Addresses of people: configuration of agents, and the agents' own desk."""

from django.urls import path

from agents.urls_desk import desk_urls
from agents.views.agent_abilities import (
    agent_attributes,
    agent_profiles,
    agent_queues,
    agent_skills,
)
from agents.views.agent_list import agent_list
from agents.views.agent_names import agent_names
from agents.views.agents import AgentPages, agent_detail, agent_disable, agent_enable
from agents.views.agents_change import agents_change
from agents.views.attributes import AgentAttributePages
from agents.views.definitions import (
    CapacityProfilePages,
    PresencePages,
    RatingModelPages,
    SkillPages,
    SkillTypePages,
)
from agents.views.openings import opening_create, opening_edit, opening_remove
from agents.views.operating_hours import OperatingHoursPages, operating_hours_detail
from agents.views.presence import (
    agent_presence_reset,
    agent_presence_set,
    presence_control,
    presence_reset,
    presence_set,
    window,
)
from agents.views.usage import capacity_profile_detail, skill_detail

app_name = "agents"

# agents/<agent_id>/
agent_urls = [
    path("agents/<int:agent_id>/", agent_detail, name="agent-detail"),
    path("agents/<int:agent_id>/skills/", agent_skills, name="agent-skills"),
    path("agents/<int:agent_id>/attributes/", agent_attributes, name="agent-attributes"),
    path("agents/<int:agent_id>/profiles/", agent_profiles, name="agent-profiles"),
    path("agents/<int:agent_id>/queues/", agent_queues, name="agent-queues"),
    path("agents/<int:agent_id>/enable/", agent_enable, name="agent-enable"),
    path("agents/<int:agent_id>/disable/", agent_disable, name="agent-disable"),
    path("agents/<int:agent_id>/presence/", agent_presence_set, name="agent-presence-set"),
    path(
        "agents/<int:agent_id>/presence/reset/",
        agent_presence_reset,
        name="agent-presence-reset",
    ),
]

# skills/<skill_id>/ and capacity-profiles/<capacity_profile_id>/
usage_urls = [
    path("skills/<int:skill_id>/", skill_detail, name="skill-detail"),
    path(
        "capacity-profiles/<int:capacity_profile_id>/",
        capacity_profile_detail,
        name="capacity-profile-detail",
    ),
]

# operating-hours/<operating_hours_id>/
hours_urls = [
    path(
        "operating-hours/<int:operating_hours_id>/",
        operating_hours_detail,
        name="operating-hours-detail",
    ),
    path(
        "operating-hours/<int:operating_hours_id>/openings/new/",
        opening_create,
        name="opening-create",
    ),
    path(
        "operating-hours/<int:operating_hours_id>/openings/<int:opening_id>/edit/",
        opening_edit,
        name="opening-edit",
    ),
    path(
        "operating-hours/<int:operating_hours_id>/openings/<int:opening_id>/remove/",
        opening_remove,
        name="opening-remove",
    ),
]

# presence/: an agent's own
presence_urls = [
    path("presence/control/", presence_control, name="presence-control"),
    path("presence/set/", presence_set, name="presence-set"),
    path("presence/reset/", presence_reset, name="presence-reset"),
    path("presence/window/", window, name="presence-window"),
]

urlpatterns = [
    path("agents/", agent_list, name="agent-list"),
    path("agents/names/", agent_names, name="agent-names"),
    path("agents/change/", agents_change, name="agents-change"),
    # All but the list, which has filters of its own.
    *AgentPages.urls("agents/")[1:],
    *agent_urls,
    *presence_urls,
    *AgentAttributePages.urls("agent-attributes/"),
    *SkillPages.urls("skills/"),
    *SkillTypePages.urls("skill-types/"),
    *RatingModelPages.urls("rating-models/"),
    *CapacityProfilePages.urls("capacity-profiles/"),
    *PresencePages.urls("presences/"),
    *OperatingHoursPages.urls("operating-hours/"),
    *hours_urls,
    *usage_urls,
    *desk_urls,
]
