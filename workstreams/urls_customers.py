"""Addresses of contacts, accounts and records."""

from django.urls import path

from workstreams.views import customer, preferred_agents, record_batches, record_commands
from workstreams.views.customers import AccountPages, ContactPages, RecordPages
from workstreams.views.record_types import RecordTypePages

customer_urls = [
    *ContactPages.urls("contacts/"),
    path("contacts/<int:contact_id>/", customer.contact_detail, name="contact-detail"),
    path(
        "contacts/<int:contact_id>/preferred-agents/add/",
        preferred_agents.preferred_agent_add,
        name="preferred-agent-add",
    ),
    path(
        "contacts/<int:contact_id>/preferred-agents/<int:agent_id>/remove/",
        preferred_agents.preferred_agent_remove,
        name="preferred-agent-remove",
    ),
    path(
        "contacts/<int:contact_id>/preferred-agents/<int:agent_id>/move/",
        preferred_agents.preferred_agent_move,
        name="preferred-agent-move",
    ),
    *AccountPages.urls("accounts/"),
    path("accounts/<int:account_id>/", customer.account_detail, name="account-detail"),
    *RecordPages.urls("records/"),
    path("records/route/", record_batches.records_route, name="records-route"),
    path("records/batches/<int:batch_id>/", record_batches.record_batch, name="record-batch"),
    path("records/<int:record_id>/route/", record_commands.record_route, name="record-route"),
    path("records/<int:record_id>/end/", record_commands.record_end, name="record-end"),
    path(
        "records/<int:record_id>/reactivate/",
        record_commands.record_reactivate,
        name="record-reactivate",
    ),
    path("records/<int:record_id>/assign/", record_commands.record_assign, name="record-assign"),
    *RecordTypePages.urls("record-types/"),
    path("records/<int:record_id>/", customer.record_detail, name="record-detail"),
]
