"""The addresses of notification and session templates."""

from django.urls import URLPattern, path

from workstreams.views import templates
from workstreams.views.templates import NotificationTemplatePages, SessionTemplatePages

template_urls: list[URLPattern] = [
    path("notification-templates/preview/", templates.offer_preview, name="offer-preview"),
    *NotificationTemplatePages.urls("notification-templates/"),
    *SessionTemplatePages.urls("session-templates/"),
]
