"""Anything to be handled: a conversation or a record."""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Left, Upper

from agents.models import Agent
from workstreams.models.bot import Bot
from workstreams.models.channel_instance import ChannelInstance
from workstreams.models.contact import Account, Contact
from workstreams.models.living import only_living
from workstreams.models.queue import Queue
from workstreams.models.record import Record
from workstreams.models.workstream import Workstream
from workstreams.terms import Channel, ItemKind, ItemState, Reason, choices

HELD_STATES = (ItemState.ACTIVE, ItemState.WAITING, ItemState.WRAP_UP)

# Of a customer's name this much is looked up by its start: programs send names of any length.
NAME_LOOKED_UP = 200


def start_of_customer_name() -> Upper:
    """What work is found by, as the index has it."""
    return Upper(Left(KeyTextTransform("name", "customer"), NAME_LOOKED_UP))


# What an item is linked to, for the other side: to list its items, and to let it be deleted. Only
# items that are linked are in the index, because every move of an item writes into all it is in.
LINKS = [
    models.Index(
        fields=[name],
        name=f"workstreams_item_by_{name.removeprefix('channel_')}",
        condition=Q(**{f"{name}__isnull": False}),
    )
    for name in ("channel_instance", "last_agent", "bot", "contact", "account", "case", "record")
]


class WorkItem(models.Model):
    """One conversation or routed record.

    State moves by the table in ``lifecycle``, always with an event in the same
    transaction. ``required_skills`` is a list of ``[skill id, rating or null]``.
    Items with the same ``requirement_key`` are interchangeable to routing.
    While a bot talks, the item is active with ``bot`` and without an agent. ``case`` is the
    case it is about, ``record`` the record that is itself routed.
    ``is_pushed`` repeats the workstream's mode, which never changes. ``queued_at`` is since when
    it waits in its queue where that is later than ``waiting_since``, ``put_back_at`` when it came
    from work, while ``waiting_since`` is its turn (A 9.1); ``overflow_checked_at`` is
    set once it needs no look at overflow before queueing any more (A 8.2). ``fell_back`` while it
    waits where its workstream's fallback queue took it, whose overflow is not its own (A 7).
    """

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="items")
    channel_instance = models.ForeignKey(
        ChannelInstance,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="items",
    )
    kind = models.CharField(max_length=12, choices=choices(ItemKind))
    channel = models.CharField(max_length=10, choices=choices(Channel))
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=choices(ItemState), default=ItemState.OPEN)
    reason = models.CharField(
        max_length=60, choices=choices(Reason), default=Reason.AWAITING_AGENT_ASSIGNMENT
    )
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="items")
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="items"
    )
    last_agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    bot = models.ForeignKey(
        Bot, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="items"
    )
    is_pushed = models.BooleanField()
    priority = models.PositiveSmallIntegerField(default=0)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        related_name="items",
    )
    account = models.ForeignKey(
        Account,
        on_delete=models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        related_name="items",
    )
    case = models.ForeignKey(
        Record,
        on_delete=models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        related_name="conversations",
    )
    record = models.ForeignKey(
        Record,
        on_delete=models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        related_name="items",
    )
    customer = models.JSONField(default=dict, blank=True)
    context = models.JSONField(default=dict, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    required_skills = models.JSONField(default=list, blank=True)
    required_units = models.PositiveSmallIntegerField(default=0)
    required_profiles = ArrayField(models.BigIntegerField(), default=list, blank=True)
    requirement_key = models.CharField(max_length=64, default="")
    conversation_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    configuration_version = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True)
    put_back_at = models.DateTimeField(null=True, blank=True)
    overflow_checked_at = models.DateTimeField(null=True, blank=True)
    fell_back = models.BooleanField(default=False, db_default=False)
    overflow_transfer_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    last_activity_at = models.DateTimeField()
    state_changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        triggers = [
            only_living("workstream", "workstreams_workstream"),
            only_living("queue", "workstreams_queue"),
        ]
        constraints = [
            # Known states only.
            models.CheckConstraint(
                condition=Q(state__in=list(ItemState)), name="workstreams_workitem_state_known"
            ),
            # An open item is nobody's; an active, waiting or wrap-up item is somebody's: an
            # agent's, or while it is active a bot's.
            models.CheckConstraint(
                condition=Q(state=ItemState.OPEN, agent__isnull=True, bot__isnull=True)
                | Q(state__in=[*HELD_STATES], agent__isnull=False, bot__isnull=True)
                | Q(state=ItemState.ACTIVE, agent__isnull=True, bot__isnull=False)
                | Q(state=ItemState.CLOSED),
                name="workstreams_workitem_agent_fits_state",
            ),
            # Closed exactly when it says when.
            models.CheckConstraint(
                condition=Q(state=ItemState.CLOSED, closed_at__isnull=False)
                | (~Q(state=ItemState.CLOSED) & Q(closed_at__isnull=True)),
                name="workstreams_workitem_closed_at_paired",
            ),
            # A record has at most one unfinished work item (A 19).
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(record__isnull=False) & ~Q(state=ItemState.CLOSED),
                name="workstreams_workitem_one_of_record",
            ),
        ]
        indexes = [
            *LINKS,
            # dispatcher.load: the first waiting items of each queue and requirement.
            models.Index(
                fields=["queue", "requirement_key", "waiting_since", "id"],
                name="workstreams_item_to_assign",
                condition=Q(state=ItemState.OPEN, is_pushed=True),
            ),
            # Open work items of a queue, oldest first: desk, position in the queue, floor.
            models.Index(
                fields=["queue", "waiting_since", "id"],
                name="workstreams_item_waits",
                condition=Q(state=ItemState.OPEN),
                include=["workstream", "put_back_at"],
            ),
            # Those of them that go by the queue's overflow: work that fell back waits for long.
            models.Index(
                fields=["queue", "waiting_since", "id"],
                name="workstreams_item_may_overflow",
                condition=Q(state=ItemState.OPEN, fell_back=False),
            ),
            # Open work items of a queue that changed last: the inbox.
            models.Index(
                fields=["queue", "-last_activity_at", "-id"],
                name="workstreams_item_open_changed",
                condition=Q(state=ItemState.OPEN),
            ),
            # Waiting items of customers whose preferred agent is there: dispatcher.load.
            models.Index(
                fields=["contact"],
                name="workstreams_item_of_contact",
                condition=Q(state=ItemState.OPEN, is_pushed=True),
            ),
            # My work items on the desk, and all that were ever an agent's: one entry a move.
            models.Index(
                fields=["agent", "state"],
                name="workstreams_item_by_agent",
                condition=Q(agent__isnull=False),
            ),
            # The floor's counts of work in progress by queue.
            models.Index(
                fields=["queue", "state", "reason"],
                name="workstreams_item_in_progress",
                condition=Q(state__in=[*HELD_STATES]),
            ),
            # Work items found by the start of their title.
            models.Index(
                OpClass(Upper("title"), name="text_pattern_ops"), name="workstreams_item_title"
            ),
            # Unfinished work items found by the start of their customer's name: the floor.
            models.Index(
                OpClass(start_of_customer_name(), name="text_pattern_ops"),
                name="workstreams_item_customer",
                condition=~Q(state=ItemState.CLOSED),
            ),
            # Unfinished items by age: floor list and the auto-close sweep.
            models.Index(
                fields=["last_activity_at", "id"],
                name="workstreams_item_unfinished",
                condition=~Q(state=ItemState.CLOSED),
            ),
            # A workstream's unfinished items: its list's counts, and what stands against deleting.
            models.Index(
                fields=["workstream", "state"],
                name="workstreams_item_by_workstream",
                condition=~Q(state=ItemState.CLOSED),
            ),
            # How much was closed since midnight: the floor.
            models.Index(
                fields=["closed_at"],
                name="workstreams_item_closed_at",
                condition=Q(state=ItemState.CLOSED),
            ),
            # Closed work items of today on the desk.
            models.Index(
                fields=["agent", "closed_at"],
                name="workstreams_item_closed",
                condition=Q(state=ItemState.CLOSED),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_with_bot(self) -> bool:
        """Whether a bot talks to the customer now."""
        return self.state == ItemState.ACTIVE and self.bot_id is not None

    @property
    def unattended_since(self) -> datetime:
        """Since when nobody attends to it: the wait that people are told, whatever queues it went
        through. While somebody had it, it kept its turn, but did not wait."""
        return max(self.waiting_since, self.put_back_at or self.waiting_since)

    @property
    def is_asynchronous(self) -> bool:
        """Whether the conversation may wait for its customer (B 14.3): of chats the persistent."""
        if self.kind == ItemKind.RECORD or self.channel == Channel.VOICE:
            return False
        return self.channel != Channel.LIVE_CHAT or self.workstream.persistent_chat

    @property
    def customer_name(self) -> str:
        """What to call the customer."""
        return str(self.customer.get("name") or "Customer")
