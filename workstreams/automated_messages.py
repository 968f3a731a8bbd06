"""What the system says by itself: every trigger, when it comes, who reads it, on which channels.

The built-in words are in ``workstreams.built_in_words``; rows of ``AutomatedMessage`` stand in
for them (B 9).
"""

from dataclasses import dataclass
from typing import Final

from workstreams.terms import LABELS, MESSAGING_CHANNELS, Audience, Channel, MessageTrigger

CHAT: Final = frozenset({Channel.LIVE_CHAT})
VOICE: Final = frozenset({Channel.VOICE})
MESSAGING: Final = frozenset(MESSAGING_CHANNELS)
TALKS: Final = MESSAGING | VOICE
NOWHERE: Final[frozenset[Channel]] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Automatic:
    """One trigger. It is said on ``raised_on`` today; on its other channels the words can be
    prepared already. ``is_active`` is how it stands until somebody changes it."""

    trigger: MessageTrigger
    when: str
    channels: frozenset[Channel] = TALKS
    raised_on: frozenset[Channel] = MESSAGING
    audience: Audience = Audience.CUSTOMER
    slugs: tuple[str, ...] = ("AgentName", "QueueName")
    is_active: bool = True

    @property
    def label(self) -> str:
        return LABELS[self.trigger]


ALL: Final = (
    Automatic(
        trigger=MessageTrigger.GREETING,
        when="A conversation begins. Chats have a greeting of their own in their settings.",
        channels=TALKS - CHAT,
        raised_on=MESSAGING - CHAT,
        slugs=("QueueName",),
    ),
    Automatic(
        trigger=MessageTrigger.AGENT_ASSIGNED,
        when="An agent gets the conversation. Off at first: “joined” says the same.",
        is_active=False,
    ),
    Automatic(
        trigger=MessageTrigger.AGENT_JOINED,
        when="An agent accepts the conversation, or picks it.",
    ),
    Automatic(
        trigger=MessageTrigger.TRANSFER_ACCEPTED,
        when="An agent accepts a conversation that was transferred.",
    ),
    Automatic(
        trigger=MessageTrigger.AGENT_NOT_ASSIGNED,
        when="Nobody serves the queue. Not when its agents are only busy.",
        slugs=("QueueName",),
    ),
    Automatic(
        trigger=MessageTrigger.AGENT_ENDED,
        when="The agent ends the conversation.",
    ),
    Automatic(
        trigger=MessageTrigger.SESSION_ENDED,
        when="The agent closes the conversation after its end, a supervisor closes it, or a chat"
        " closes because nobody came or wrote for long.",
    ),
    Automatic(
        trigger=MessageTrigger.OVERFLOW_ENDED,
        when="The queue overflows, and ends the conversation.",
        slugs=("QueueName",),
    ),
    Automatic(
        trigger=MessageTrigger.AGENT_DISCONNECTED,
        when="The agent's connection is lost, and the chat is given to somebody else.",
        raised_on=CHAT,
    ),
    Automatic(
        trigger=MessageTrigger.CUSTOMER_DISCONNECTED,
        when="The customer leaves the conversation.",
        channels=CHAT | VOICE,
        raised_on=CHAT,
        audience=Audience.AGENT,
    ),
    Automatic(
        trigger=MessageTrigger.HOLIDAY,
        when="A conversation begins, or its customer comes back to it, on a holiday of its chat or"
        " queue.",
        slugs=("QueueName",),
    ),
    Automatic(
        trigger=MessageTrigger.OUT_OF_HOURS,
        when="A conversation begins, or its customer comes back to it, outside the operating hours"
        " of its chat or queue.",
        slugs=("QueueName",),
    ),
    Automatic(
        trigger=MessageTrigger.NEXT_IN_LINE,
        when="The customer waits, and nobody is before the customer.",
        channels=CHAT | VOICE,
        raised_on=CHAT,
        slugs=("QueueName",),
    ),
    Automatic(
        trigger=MessageTrigger.POSITION_IN_QUEUE,
        when="The customer waits behind others: told every 30 seconds, far back every minute.",
        channels=CHAT | VOICE,
        raised_on=CHAT,
        slugs=("Position", "QueueName"),
    ),
    *(
        Automatic(
            trigger=trigger,
            when=f"The customer waits, and the average wait is known: {size}.",
            channels=CHAT | VOICE,
            raised_on=CHAT,
            slugs=slugs,
        )
        for trigger, size, slugs in (
            (MessageTrigger.WAIT_MINUTES, "less than an hour", ("WaitMinutes", "QueueName")),
            (MessageTrigger.WAIT_HOURS, "full hours", ("WaitHours", "QueueName")),
            (
                MessageTrigger.WAIT_HOURS_MINUTES,
                "hours and minutes",
                ("WaitHours", "WaitMinutes", "QueueName"),
            ),
        )
    ),
    *(
        Automatic(
            trigger=trigger, when=f"{when} Off at first: the side talk is private.", is_active=False
        )
        for trigger, when in (
            (MessageTrigger.CONSULT_ACCEPTED, "Another agent reads along to advise."),
            (MessageTrigger.CONSULT_ENDED, "The agent who advised leaves."),
        )
    ),
    Automatic(
        trigger=MessageTrigger.AGENT_JOINED_CUSTOMER,
        when="Another agent joins and talks to the customer.",
    ),
    Automatic(
        trigger=MessageTrigger.AGENT_LEFT_CUSTOMER,
        when="An agent who joined leaves the customer.",
    ),
    *(
        Automatic(
            trigger=trigger, when=when, channels=VOICE, raised_on=NOWHERE, slugs=("QueueName",)
        )
        for trigger, when in (
            (MessageTrigger.OFFER_CALLBACK, "The customer has waited long."),
            (MessageTrigger.CALLBACK_RESPONSE, "The customer wishes to be called back."),
            (MessageTrigger.OVERFLOW_CALLBACK, "The queue overflows to callbacks."),
        )
    ),
)
BY_TRIGGER: Final = {each.trigger: each for each in ALL}
# Channels that anything can be said on, in the order of the terms.
CHANNELS: Final = tuple(channel for channel in Channel if channel in TALKS)
# What the texts of some triggers may say beside the slugs of every text, with samples.
OWN_SLUGS: Final = {
    "Position": "how many customers are before this one",
    "WaitHours": "the hours of the average wait",
    "WaitMinutes": "the minutes of the average wait",
}
OWN_SAMPLES: Final = {"Position": "3", "WaitHours": "1", "WaitMinutes": "5"}


def automatic_messages(channel: str) -> list[Automatic]:
    """Every trigger that this channel has."""
    return [each for each in ALL if channel in each.channels]


def is_raised(trigger: MessageTrigger, channel: str) -> bool:
    """Whether something happens on this channel today that makes the system say it."""
    return channel in BY_TRIGGER[trigger].raised_on
