"""Addresses of what the system and the agents say: automated messages, replies, templates."""

from django.urls import path

from workstreams.views import automated_messages as messages
from workstreams.views.message_templates import MessageTemplatePages
from workstreams.views.quick_replies import QuickReplyPages, quick_reply_tags

# automated-messages/<channel>/<trigger>/
OF_CHANNEL = "automated-messages/<str:channel>/<str:trigger>/"
# workstreams/<id>/channel-instances/<id>/messages/<trigger>/
INSTANCE = "workstreams/<int:workstream_id>/channel-instances/<int:channel_instance_id>/messages/"
OF_INSTANCE = f"{INSTANCE}<str:trigger>/"

reply_urls = [
    path("automated-messages/", messages.automated_messages, name="automated-message-list"),
    path(f"{OF_CHANNEL}edit/", messages.message_edit, name="automated-message-edit"),
    path(f"{OF_CHANNEL}switch/", messages.message_switch, name="automated-message-switch"),
    path(f"{OF_CHANNEL}reset/", messages.message_reset, name="automated-message-reset"),
    path(INSTANCE, messages.instance_messages, name="instance-message-list"),
    path(f"{OF_INSTANCE}edit/", messages.message_edit, name="instance-message-edit"),
    path(f"{OF_INSTANCE}switch/", messages.message_switch, name="instance-message-switch"),
    path(f"{OF_INSTANCE}reset/", messages.message_reset, name="instance-message-reset"),
    path("text-preview/", messages.text_preview, name="text-preview"),
    path("quick-replies/tags/", quick_reply_tags, name="quick-reply-tags"),
    *QuickReplyPages.urls("quick-replies/"),
    *MessageTemplatePages.urls("message-templates/"),
]
