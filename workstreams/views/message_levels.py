"""Where automated messages are changed: at a channel, or at one instance of it."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from config.locales import ENGLISH, is_locale, language_name
from workstreams.automated_messages import BY_TRIGGER, CHANNELS, Automatic, automatic_messages
from workstreams.built_in_words import WORDS
from workstreams.models import AutomatedMessage, ChannelInstance
from workstreams.queries.automated_texts import BUILT_IN, CHANNEL, INSTANCE, automated_texts
from workstreams.terms import LABELS, Channel, MessageTrigger

ORIGINS: Final = {BUILT_IN: "Built in", CHANNEL: "Of the channel", INSTANCE: "Of this instance"}


@dataclass(frozen=True, kw_only=True)
class Level:
    """A channel, or with ``instance`` one of its instances."""

    channel: Channel
    instance: ChannelInstance | None = None

    @property
    def name(self) -> str:
        return self.instance.name if self.instance else LABELS[self.channel]

    @property
    def where(self) -> dict[str, Any]:
        """What the actions call it."""
        return {"channel": self.channel.value, "instance": self.instance}

    def url(self, verb: str = "", trigger: str = "") -> str:
        """The list, or a verb of one message."""
        if self.instance is None:
            name = "automated-message"
            kwargs: dict[str, str | int] = {"channel": self.channel.value}
        else:
            name = "instance-message"
            kwargs = {
                "workstream_id": self.instance.workstream_id,
                "channel_instance_id": self.instance.pk,
            }
        if verb:
            return reverse(f"workstreams:{name}-{verb}", kwargs={**kwargs, "trigger": trigger})
        if self.instance is None:
            return reverse("workstreams:automated-message-list") + f"?channel={self.channel.value}"
        return reverse("workstreams:instance-message-list", kwargs=kwargs)

    def locale(self, wanted: str) -> str:
        """The language that is shown: the wanted one, else the instance's own, else English."""
        if is_locale(wanted):
            return wanted
        return self.instance.locale if self.instance else ENGLISH


def level_of(*, channel: str = "", workstream_id: int = 0, channel_instance_id: int = 0) -> Level:
    """The level an address names; 404 for what cannot say anything."""
    if channel_instance_id:
        instances = ChannelInstance.objects.select_related("workstream")
        instance = get_object_or_404(instances, pk=channel_instance_id, workstream_id=workstream_id)
        return Level(channel=_channel(instance.workstream.channel), instance=instance)
    return Level(channel=_channel(channel))


def message_of(level: Level, trigger: str) -> Automatic:
    """The message of this trigger; 404 where the channel does not have it."""
    known = {each.trigger.value for each in automatic_messages(level.channel)}
    if trigger not in known:
        raise Http404("This channel does not have this message.")
    return BY_TRIGGER[MessageTrigger(trigger)]


def rows_of(level: Level, locale: str) -> list[dict[str, Any]]:
    """Every message of the level with its words in the language; 1 query."""
    messages = automatic_messages(level.channel)
    texts = automated_texts([each.trigger for each in messages], locale=locale, **level.where)
    here = INSTANCE if level.instance else CHANNEL
    return [
        {
            "message": message,
            "shown": (shown := texts[message.trigger]),
            "is_own": shown.level == here,
            "origin": ORIGINS[shown.level],
            "is_raised": level.channel in message.raised_on,
            "language": language_name(shown.locale) if shown.locale != locale else "",
            "audience": LABELS[message.audience],
            **{
                f"{verb}_url": level.url(verb, message.trigger.value)
                for verb in ("edit", "switch", "reset")
            },
        }
        for message in messages
    ]


def languages_of(level: Level, shown: str) -> list[tuple[str, str]]:
    """Built-in languages, and those of rows of the channel; 1 query."""
    rows = AutomatedMessage.objects.filter(channel=level.channel.value).order_by()
    there = {*WORDS, *rows.values_list("locale", flat=True).distinct(), shown}
    return [(locale, language_name(locale)) for locale in sorted(there)]


def _channel(name: str) -> Channel:
    if name not in {channel.value for channel in CHANNELS}:
        raise Http404("There are no automated messages on this channel.")
    return Channel(name)
