"""Texts that an agent may send in a conversation, filled in for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.db.models import F, Func, Q, QuerySet

from agents.models import Agent
from config.locales import base, choose
from workstreams.agent_names import name_for_customers, style_of
from workstreams.models import MessageTemplate, QuickReply, ServiceConfiguration, WorkItem
from workstreams.queries.slug_values import slug_values
from workstreams.slugs import fill
from workstreams.terms import MESSAGING_CHANNELS, Channel

MOST_SHOWN: Final = 50
TEMPLATE_CHANNELS: Final = tuple(each for each in MESSAGING_CHANNELS if each != Channel.LIVE_CHAT)


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text to insert; ``text`` is filled in."""

    id: int
    title: str
    text: str
    tags: Sequence[str] = ()
    is_own: bool = False


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What the list shows; ``locale`` is the language shown, of those there are.

    A search that ends with ``#`` finds ``tags`` instead, to be added to its words ``before``.
    """

    texts: list[Text]
    locale: str = ""
    locales: list[str] = field(default_factory=list)
    has_own: bool = False
    is_tags: bool = False
    before: str = ""
    tags: list[str] = field(default_factory=list)


def quick_replies_for(
    item: WorkItem, agent: Agent, *, search: str = "", locale: str = "", only_own: bool = False
) -> Texts:
    """Those of the item's workstream, the general ones and the agent's own, at most 50.

    In the agent's language, else that of the way in, else English, else any; or in
    ``locale``. Words of ``search`` stand in title, text or a tag; ``#word`` in a tag; a bare
    ``#`` at its end lists the tags of what the rest finds. Three queries for an item with
    ``SLUG_RELATIONS``.
    """
    has_own = are_personal_replies_on()
    visible = _visible(item, agent, has_own=has_own)
    if only_own:
        visible = visible.filter(owner=agent)
    locales = sorted(set(visible.values_list("locale", flat=True)))
    chosen = locale if locale in locales else _language(locales, item, agent)
    *before, last = search.split() or [""]
    is_tags = last == "#"
    shown = Texts(texts=[], has_own=has_own, is_tags=is_tags, before=" ".join(before))
    if chosen is None:
        return shown
    wanted = visible.filter(locale__in={chosen, base(chosen)})
    found = _searched(wanted, shown.before if is_tags else search)
    shown = replace(shown, locale=chosen, locales=locales)
    if is_tags:
        return replace(shown, tags=_tags(found, before))
    values = values_for(item, agent)
    ordered = found.order_by("title", "pk")[:MOST_SHOWN]
    return replace(shown, texts=[_text(reply, values) for reply in ordered])


def find_reply(item: WorkItem, agent: Agent, reply_id: int) -> str:
    """One of them filled in; empty when the agent may not use it here."""
    visible = _visible(item, agent, has_own=are_personal_replies_on())
    reply = visible.filter(pk=reply_id).first()
    return fill(reply.message, values_for(item, agent)) if reply else ""


def templates_for(item: WorkItem, agent: Agent, *, search: str = "") -> Texts:
    """The message templates of the item's channel, each in the best language; 1 query."""
    if item.channel not in TEMPLATE_CHANNELS:
        return Texts(texts=[])
    values = values_for(item, agent)
    found = MessageTemplate.objects.filter(channel=item.channel).order_by("name")
    texts = [
        Text(id=each.pk, title=each.name, text=fill(_in_best_language(each, item, agent), values))
        for each in found
    ]
    words = search.lower().split()
    shown = [
        text for text in texts if all(word in f"{text.title} {text.text}".lower() for word in words)
    ]
    return Texts(texts=shown[:MOST_SHOWN])


def find_template(item: WorkItem, agent: Agent, template_id: int) -> str:
    """One of them filled in; empty when it is not for this channel."""
    found = (text.text for text in templates_for(item, agent).texts if text.id == template_id)
    return next(found, "")


def values_for(item: WorkItem, agent: Agent) -> dict[str, str]:
    """The slugs of a text that goes to the customer."""
    name = name_for_customers(agent, style_of(item.channel_instance))
    return {**slug_values(item, agent), "AgentName": name}


def are_personal_replies_on() -> bool:
    """The switch of the service; 1 query."""
    return ServiceConfiguration.objects.filter(personal_quick_replies=True).exists()


def _visible(item: WorkItem, agent: Agent, *, has_own: bool) -> QuerySet[QuickReply]:
    for_all = Q(owner=None) & (Q(workstreams=None) | Q(workstreams=item.workstream_id))
    own = Q(owner=agent) if has_own else Q(pk__in=[])
    return QuickReply.objects.filter(for_all | own)


def _language(locales: Sequence[str], item: WorkItem, agent: Agent) -> str | None:
    instance = item.channel_instance
    return choose(locales, agent.locale, instance.locale if instance else "")


def _searched(replies: QuerySet[QuickReply], search: str) -> QuerySet[QuickReply]:
    for word in search.split():
        in_tag = Q(tags__icontains=word.removeprefix("#"))
        in_text = Q(title__icontains=word) | Q(message__icontains=word)
        replies = replies.filter(in_tag if word.startswith("#") else in_text | in_tag)
    return replies


def _tags(replies: QuerySet[QuickReply], before: Sequence[str]) -> list[str]:
    """The first tags of the alphabet, without those that are asked for already."""
    each = replies.order_by().annotate(tag=Func(F("tags"), function="unnest"))
    found = each.values_list("tag", flat=True).distinct().order_by("tag")
    return [tag for tag in found[:MOST_SHOWN] if f"#{tag}" not in before]


def _text(reply: QuickReply, values: Mapping[str, str]) -> Text:
    return Text(
        id=reply.pk,
        title=reply.title,
        text=fill(reply.message, values),
        tags=reply.tags,
        is_own=reply.owner_id is not None,
    )


def _in_best_language(template: MessageTemplate, item: WorkItem, agent: Agent) -> str:
    """The template's own default language comes before English."""
    instance = item.channel_instance
    locale = choose(
        template.texts,
        agent.locale,
        instance.locale if instance else "",
        template.default_locale,
    )
    return str(template.texts.get(locale or "", ""))
