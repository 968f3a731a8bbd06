"""The addresses of workstreams, their channel instances and queues."""

from django.urls import URLPattern, URLResolver, include, path

from workstreams.urls_bots import bot_urls
from workstreams.urls_chat import chat_urls
from workstreams.urls_customers import customer_urls
from workstreams.urls_replies import reply_urls
from workstreams.urls_survey import survey_urls
from workstreams.urls_templates import template_urls
from workstreams.views import (
    auto_close,
    channel_instances,
    queue_commands,
    queue_overflow,
    queue_page,
    service_configuration,
    several_workstreams,
    test_item,
    try_rules,
    workstream_commands,
    workstream_copy,
    workstream_delete,
    workstream_page,
    workstream_selection,
    workstream_templates,
    workstreams,
)
from workstreams.views.queues import QueuePages

app_name = "workstreams"

# workstreams/<id>/channel-instances/
channel_instance_urls: list[URLPattern | URLResolver] = [
    path("new/", channel_instances.channel_instance_create, name="channel-instance-create"),
    path(
        "<int:channel_instance_id>/edit/",
        channel_instances.channel_instance_edit,
        name="channel-instance-edit",
    ),
    path(
        "<int:channel_instance_id>/delete/",
        channel_instances.channel_instance_delete,
        name="channel-instance-delete",
    ),
]

# workstreams/<id>/
workstream_urls: list[URLPattern | URLResolver] = [
    path("", workstream_page.workstream_detail, name="workstream-detail"),
    path("rename/", workstream_commands.workstream_rename, name="workstream-rename"),
    path(
        "distribution/",
        workstream_commands.workstream_distribution,
        name="workstream-distribution",
    ),
    path("session/", workstream_templates.workstream_session, name="workstream-session"),
    path(
        "notifications/",
        workstream_templates.workstream_notifications,
        name="workstream-notifications",
    ),
    path("test-item/", test_item.workstream_test_item, name="workstream-test-item"),
    path("copy/", workstream_copy.workstream_copy, name="workstream-copy"),
    path("delete/", workstream_delete.workstream_delete, name="workstream-delete"),
    path(
        "fallback-queue/",
        workstream_commands.workstream_fallback_queue,
        name="workstream-fallback-queue",
    ),
    path("channel-instances/", include(channel_instance_urls)),
]

# workstreams/selected/
selection_urls = [
    path("", workstream_selection.workstream_selection, name="workstream-selection"),
    path("copy/", several_workstreams.selection_copy, name="workstream-selection-copy"),
    path("delete/", several_workstreams.selection_delete, name="workstream-selection-delete"),
]

# queues/<id>/
queue_urls = [
    path("", queue_page.queue_detail, name="queue-detail"),
    path("overflow/", queue_overflow.queue_overflow, name="queue-overflow"),
    path("copy/", queue_commands.queue_copy, name="queue-copy"),
    path("members/add/", queue_page.queue_members_add, name="queue-members-add"),
    path("members/remove/", queue_page.queue_members_remove, name="queue-members-remove"),
]

urlpatterns = [
    path("workstreams/", workstreams.workstream_list_page, name="workstream-list"),
    path("try/", try_rules.try_rules, name="try"),
    path("workstreams/new/", workstreams.workstream_create, name="workstream-create"),
    path("workstreams/selected/", include(selection_urls)),
    path("workstreams/<int:workstream_id>/", include(workstream_urls)),
    path(
        "service-configuration/",
        service_configuration.service_configuration_page,
        name="service-configuration",
    ),
    path("service-configuration/auto-close/", auto_close.auto_close, name="auto-close"),
    *QueuePages.urls("queues/"),
    path("queues/<int:queue_id>/", include(queue_urls)),
    *bot_urls,
    *customer_urls,
    *survey_urls,
    *reply_urls,
    *template_urls,
    *chat_urls,
]
