"""Which words an automated message has: of the instance, of the channel, or built in (B 9)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from config.locales import ENGLISH, choose
from config.prepared import Prepared
from workstreams.automated_messages import BY_TRIGGER
from workstreams.built_in_words import built_in_words
from workstreams.models import AutomatedMessage, ChannelInstance
from workstreams.terms import MessageTrigger

# So many triggers one fact has; the catalogue asks for all.
FEW: Final = 2
ROWS: Final = Prepared(
    lambda instance_id, channel, first, second: rows_that_stand_in(channel, instance_id).filter(
        trigger__in=[first, second]
    ),
    "instance_id",
    words=["channel", "first", "second"],
)
INSTANCE, CHANNEL, BUILT_IN = "instance", "channel", "built_in"


@dataclass(frozen=True, kw_only=True)
class AutomatedText:
    """The words of one trigger; ``level`` tells where they come from, ``row`` is their row."""

    trigger: MessageTrigger
    text: str
    locale: str
    is_active: bool
    level: str
    row: AutomatedMessage | None = None


def automated_texts(
    triggers: Collection[MessageTrigger],
    *,
    channel: str,
    instance: ChannelInstance | None = None,
    locale: str = "",
    reworded: Collection[str] | None = None,
) -> dict[MessageTrigger, AutomatedText]:
    """The words of each trigger in the instance's language, or in ``locale``; 1 query, none where
    the caller read what is ``reworded`` here, and that is something else."""
    if not triggers:
        return {}
    wanted = locale or (instance.locale if instance else ENGLISH)
    is_reworded = reworded is None or any(each in reworded for each in triggers)
    rows: Iterable[AutomatedMessage] = ()
    if is_reworded and len(triggers) > FEW:
        rows = list(rows_of(channel, instance).filter(trigger__in=triggers))
    elif is_reworded:
        first, *more = triggers
        second = more[0] if more else first
        instance_id = instance.pk if instance else 0
        rows = ROWS(channel=channel, instance_id=instance_id, first=first, second=second)
    return {each: resolve(each, rows, wanted, channel=channel) for each in triggers}


def rows_that_stand_in(channel: str, instance_id: int) -> QuerySet[AutomatedMessage]:
    """For the built-in words, on the channel and on the instance of this id."""
    of_channel = Q(channel=channel, channel_instance=None)
    return AutomatedMessage.objects.filter(of_channel | Q(channel_instance_id=instance_id))


def rows_of(channel: str, instance: ChannelInstance | None) -> QuerySet[AutomatedMessage]:
    """What was changed for the channel, and for the instance."""
    own = Q(channel_instance=instance) if instance else Q(pk__in=[])
    return AutomatedMessage.objects.filter(Q(channel=channel, channel_instance=None) | own)


def resolve(
    trigger: MessageTrigger, rows: Iterable[AutomatedMessage], wanted: str, *, channel: str
) -> AutomatedText:
    """The words out of the rows of one channel and at most one instance.

    Rows of the instance stand in for the channel's, whatever their language. The channel's
    stand in for the built-in words language by language. Among what is left: the wanted
    language, its base, English, any.
    """
    own = [row for row in rows if row.trigger == trigger]
    of_instance = {row.locale: row for row in own if row.channel_instance_id is not None}
    of_channel = {row.locale: row for row in own if row.channel_instance_id is None}
    if of_instance:
        row = of_instance[choose(of_instance, wanted) or ""]
        return _of_row(trigger, row, INSTANCE)
    built_in = built_in_words(trigger, channel)
    locale = choose([*of_channel, *built_in], wanted) or ENGLISH
    if locale in of_channel:
        return _of_row(trigger, of_channel[locale], CHANNEL)
    return AutomatedText(
        trigger=trigger,
        text=built_in[locale],
        locale=locale,
        is_active=BY_TRIGGER[trigger].is_active,
        level=BUILT_IN,
    )


def _of_row(trigger: MessageTrigger, row: AutomatedMessage, level: str) -> AutomatedText:
    return AutomatedText(
        trigger=trigger,
        text=row.text,
        locale=row.locale,
        is_active=row.is_active,
        level=level,
        row=row,
    )
