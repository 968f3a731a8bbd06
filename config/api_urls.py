"""The API put together: every app's operations under /api/v1/."""

from agents.api import (
    agents,
    bulk_changes,
    capacity_profiles,
    me,
    operating_hours,
    presence,
    presences,
    skills,
)
from config.api.switchyard_api import SwitchyardAPI
from routing.api import (
    alarms,
    configuration,
    customer,
    events,
    item_skills,
    messages,
    review,
    rules,
    verbs,
    work_items,
)
from workstreams.api import (
    automated_messages,
    bots,
    channel_instances,
    context_variables,
    customers,
    identification_rules,
    message_templates,
    notification_templates,
    preferred_agents,
    queues,
    quick_replies,
    record_types,
    records,
    service_configuration,
    session_templates,
    test_items,
    try_rules,
    workstreams,
)

api = SwitchyardAPI()

for part in (
    work_items,
    messages,
    verbs,
    customer,
    item_skills,
    events,
    alarms,
    # Before /agents/{username}.
    me,
    agents,
    bulk_changes,
    presence,
    workstreams,
    channel_instances,
    service_configuration,
    test_items,
    try_rules,
    queues,
    bots,
    rules,
    configuration,
    review,
    skills,
    capacity_profiles,
    presences,
    operating_hours,
    # Before /records/{record_id}.
    records,
    record_types,
    customers,
    preferred_agents,
    context_variables,
    identification_rules,
    automated_messages,
    quick_replies,
    message_templates,
    notification_templates,
    session_templates,
):
    api.add_router("", part.router)
