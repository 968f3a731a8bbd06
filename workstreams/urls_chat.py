"""Addresses of the customers' chat."""

from django.urls import path

from workstreams.views import chat, chat_hours

chat_urls = [
    # chat/<slug>/
    path("chat/<slug:slug>/", chat.chat, name="chat"),
    path("chat/<slug:slug>/hours/", chat_hours.hours, name="chat-hours"),
    path("chat/<slug:slug>/message/", chat.message, name="chat-message"),
    path("chat/<slug:slug>/messages/", chat.messages, name="chat-messages"),
    path("chat/<slug:slug>/state/", chat.state, name="chat-state"),
    path("chat/<slug:slug>/visit/", chat.visit, name="chat-visit"),
    path("chat/<slug:slug>/end/", chat.end, name="chat-end"),
    path("chat/<slug:slug>/ticket/", chat.ticket, name="chat-ticket"),
]
