"""Pages of bots."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agents.permissions import configurer_required, may_configure, reader_required
from config.clock import database_now
from config.crud import Column, ConfigPages, Dependency
from config.pages import go_to, wants_fragment
from config.request import AppRequest
from workstreams.actions.delete_bot import delete_bot
from workstreams.actions.save_bot import renew_secret, save_bot
from workstreams.forms.bot import BotForm
from workstreams.models import Bot, BotConversation, Workstream
from workstreams.queries.bot_uses import bot_dependencies
from workstreams.terms import BotKind, BotOutcome
from workstreams.views.bot_trial import empty_trial, next_trial

WORDS: Final = {
    "bot_of": "Bot of the workstream",
    "assist_bot_of": "Smart assist bot of the workstream",
    "bot_talks": "Conversation it has now",
}


class BotPages(ConfigPages):
    """List, create, edit and delete."""

    model, form_class, app, noun = Bot, BotForm, "workstreams", "bot"
    title, icon = "Bots", "bot"
    about = "Who talks to customers before people do, or suggests answers to agents."
    empty_text = "A bot answers simple questions, and passes everything else on to people."
    may_read, may_write = reader_required, configurer_required
    version_field = "revision"
    has_detail = True
    delete_text = "The conversations it had go on naming it."
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(label="Kind", value="kind", sort="kind"),
        Column(label="What it does", value="purpose", sort="purpose"),
        Column(label="Workstreams", value="use_count", is_number=True),
        Column(label="Talks now", value="talk_count", is_number=True),
        Column(label="Switched on", value="is_enabled"),
    )

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        """Each counted by itself: joined, old conversations were multiplied by workstreams."""
        talks = BotConversation.objects.filter(outcome=BotOutcome.TALKING)
        return Bot.objects.order_by("name").annotate(
            use_count=_count(Workstream.objects.all(), "bot")
            + _count(Workstream.objects.all(), "assist_bots"),
            talk_count=_count(talks, "bot"),
        )

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> Bot:
        assert isinstance(form, BotForm)
        bot = form.instance if form.instance.pk else None
        return save_bot(bot=bot, by=by, now=now, **form.settings())

    def perform_delete(self, found: Bot, *, by: Any, now: datetime) -> None:
        delete_bot(bot=found, by=by, now=now)

    def dependencies(self, found: Bot) -> Sequence[Dependency]:
        return uses_of(found)


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of the rows name each bot."""
    named = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    number = named.annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def uses_of(bot: Bot) -> list[Dependency]:
    """Where it is used, in words and with links."""
    return [
        Dependency(label=f"{WORDS[each['kind']]}: {each['name']}", url=each["url"])
        for each in bot_dependencies(bot)
    ]


@require_safe
@reader_required
def bot_detail(request: AppRequest, bot_id: int) -> HttpResponse:
    """One bot: what it does, where, and a place to try it."""
    return bot_page(request, get_object_or_404(Bot, pk=bot_id))


def bot_page(request: AppRequest, bot: Bot, **context: Any) -> HttpResponse:
    """The page of a bot, with what a trial or a new secret adds to it."""
    shown = {
        "title": bot.name,
        "bot": bot,
        "is_webhook": bot.kind == BotKind.WEBHOOK,
        "uses": uses_of(bot),
        "can_write": may_configure(request.user),
        "trial": empty_trial(bot),
        "secret": "",
        **context,
    }
    return render(request, "workstreams/bots/detail.html", shown)


@require_POST
@configurer_required
def bot_switch(request: AppRequest, bot_id: int) -> HttpResponse:
    """On or off, as ``on`` says."""
    bot = get_object_or_404(Bot, pk=bot_id)
    is_on = request.POST.get("on") == "1"
    save_bot(bot=bot, is_enabled=is_on, by=request.user, now=database_now())
    text = f"Bot “{bot.name}” is {'on' if is_on else 'off'}."
    return go_to(request, reverse("workstreams:bot-detail", args=[bot.pk]), text=text)


@require_POST
@configurer_required
@never_cache
def bot_secret(request: AppRequest, bot_id: int) -> HttpResponse:
    """A new secret, shown this once."""
    bot = get_object_or_404(Bot, pk=bot_id, kind=BotKind.WEBHOOK)
    secret = renew_secret(bot=bot, by=request.user, now=database_now())
    bot.refresh_from_db()
    return bot_page(request, bot, secret=secret)


@require_POST
@configurer_required
def bot_try(request: AppRequest, bot_id: int) -> HttpResponse:
    """Say something to the bot; nothing is stored but in the form."""
    bot = get_object_or_404(Bot, pk=bot_id)
    said = {name: request.POST.get(name, "") for name in ("so_far", "text")}
    trial = empty_trial(bot) if "again" in request.POST else next_trial(bot, **said)
    if wants_fragment(request):
        return render(request, "workstreams/bots/_try.html", {"bot": bot, "trial": trial})
    return bot_page(request, bot, trial=trial)
