"""Addresses of bots, and of the bots of a workstream."""

from django.urls import path

from workstreams.views import bots, workstream_bots
from workstreams.views.bots import BotPages

# workstreams/<id>/
OF_WORKSTREAM = "workstreams/<int:workstream_id>/"

bot_urls = [
    *BotPages.urls("bots/"),
    path("bots/<int:bot_id>/", bots.bot_detail, name="bot-detail"),
    path("bots/<int:bot_id>/switch/", bots.bot_switch, name="bot-switch"),
    path("bots/<int:bot_id>/secret/", bots.bot_secret, name="bot-secret"),
    path("bots/<int:bot_id>/try/", bots.bot_try, name="bot-try"),
    path(f"{OF_WORKSTREAM}bot/", workstream_bots.workstream_bot, name="workstream-bot"),
    path(
        f"{OF_WORKSTREAM}bot/remove/",
        workstream_bots.workstream_bot_remove,
        name="workstream-bot-remove",
    ),
    path(
        f"{OF_WORKSTREAM}assist-bots/",
        workstream_bots.workstream_assist_bots,
        name="workstream-assist-bots",
    ),
]
