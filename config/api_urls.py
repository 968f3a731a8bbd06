"""The API put together: every app's operations under /api/v1/."""

from agents.api import (
    agents,
    capacity_profiles,
    me,
    operating_hours,
    presence,
    presences,
    skills,
)
from config.api.switchyard_api import SwitchyardAPI
from routing.api import configuration, events, messages, rules, verbs, work_items
from workstreams.api import (
    channel_instances,
    context_variables,
    customers,
    queues,
    service_configuration,
    workstreams,
)

api = SwitchyardAPI()

for part in (
    work_items,
    messages,
    verbs,
    events,
    # Before /agents/{username}.
    me,
    agents,
    presence,
    workstreams,
    channel_instances,
    service_configuration,
    queues,
    rules,
    configuration,
    skills,
    capacity_profiles,
    presences,
    operating_hours,
    customers,
    context_variables,
):
    api.add_router("", part.router)
