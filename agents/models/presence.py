"""Availability: the presences there are, and each agent's own."""

from django.db import models
from django.db.models.functions import Lower

from agents.models.agent import Agent
from agents.terms import BasePresence, RefusedOffer, choices
from config.audit import audited


@audited()
class Presence(models.Model):
    """A presence people can choose; routing reads only its base (A 14).

    The built-in ones and *inactive* (set by the system only) cannot be edited.
    """

    name = models.CharField(max_length=100)
    text = models.CharField(max_length=500)
    description = models.CharField(max_length=500, blank=True)
    base = models.CharField(max_length=10, choices=choices(BasePresence))
    is_built_in = models.BooleanField(default=False)
    agents_may_set = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            # Names are natural keys in the configuration document.
            models.UniqueConstraint(Lower("name"), name="agents_presence_name_unique"),
            # Routing knows five base presences.
            models.CheckConstraint(
                condition=models.Q(base__in=list(BasePresence)), name="agents_presence_base_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class AgentPresence(models.Model):
    """The current presence of one agent; written by ``set_presence`` only.

    ``base`` repeats the presence's base so that routing reads one row. One that is not
    ``is_manual`` follows the capacity in use; ``after`` says which refusal the system
    answered with it, empty for all others. Who was taken offline because all windows were gone
    since ``left_at`` was ``before``, and is so again when he comes back soon; ``heard_at`` is when
    the last of them was heard of. Without ``left_at`` it is the presence of being gone, in which
    somebody else gave him another one: he has not been there ``since``, whatever the system made
    of that one meanwhile.
    """

    agent = models.OneToOneField(
        Agent, on_delete=models.CASCADE, primary_key=True, related_name="presence"
    )
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="+")
    base = models.CharField(max_length=10, choices=choices(BasePresence))
    is_manual = models.BooleanField(default=False)
    after = models.CharField(
        max_length=10, blank=True, choices=choices(RefusedOffer), db_default=""
    )
    before = models.ForeignKey(
        Presence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    before_is_manual = models.BooleanField(default=False, db_default=False)
    before_after = models.CharField(max_length=10, blank=True, default="", db_default="")
    left_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            # Routing knows five base presences.
            models.CheckConstraint(
                condition=models.Q(base__in=list(BasePresence)),
                name="agents_agentpresence_base_known",
            ),
            # Only who is offline has left.
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(base=BasePresence.OFFLINE),
                name="agents_agentpresence_left_is_offline",
            ),
        ]
        indexes = [
            # Agents who dropped out: the sweep that frees their chats.
            models.Index(
                fields=["left_at"],
                name="agents_presence_left",
                condition=models.Q(left_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} {self.base}"

    @property
    def is_gone(self) -> bool:
        """He went, by sign-out or otherwise, and has not been there since."""
        is_offline = self.base == BasePresence.OFFLINE and not self.is_manual
        return is_offline or self.is_set_while_gone

    @property
    def is_set_while_gone(self) -> bool:
        """Somebody else gave him a presence while he was gone, which he still is."""
        return self.before_id is not None and self.left_at is None
