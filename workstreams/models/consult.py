"""Agents who advise the one who has a work item, and what the two say to each other."""

import uuid

from django.db import models
from django.db.models import Q

from agents.models import Agent
from workstreams.models.queue import Queue, QueueMembership
from workstreams.models.work_item import WorkItem
from workstreams.terms import ENDED_CONSULTS, ConsultState, choices

QUESTION_LENGTH = 500


class ConsultQuerySet(models.QuerySet["Consult"]):
    """Consults by how far they are."""

    def running(self) -> "ConsultQuerySet":
        """Asked for, or going on."""
        return self.filter(ended_at__isnull=True)

    def answered(self) -> "ConsultQuerySet":
        """Going on: the adviser reads along."""
        return self.filter(state__in=(ConsultState.ADVISING, ConsultState.JOINED))

    def asked_of_queues(self, agent_id: int) -> "ConsultQuerySet":
        """Asked of a queue that the agent serves, by somebody else, and answered by nobody yet."""
        served = QueueMembership.objects.filter(agent=agent_id).order_by().values("queue")
        unanswered = self.filter(state=ConsultState.ASKED, agent__isnull=True, queue__in=served)
        return unanswered.exclude(asked_by=agent_id)


class Consult(models.Model):
    """One request for advice on a work item, to an agent or to whoever of a queue comes first.

    ``asked_by`` has the item as long as the consult runs; ``agent`` is who was asked, or who came
    from the ``queue``. It holds no capacity (A 13) unless the service says so, by a receipt of
    routing. ``by_supervisor`` is set where a supervisor joined whom nobody asked, or who had no
    room to advise. Written by ``routing.actions.consults``, ended by ``move_item`` too.
    """

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="consults")
    asked_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="consults_asked")
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="consults"
    )
    queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, null=True, blank=True, related_name="consults"
    )
    by_supervisor = models.BooleanField(default=False)
    question = models.CharField(max_length=QUESTION_LENGTH, blank=True)
    state = models.CharField(
        max_length=10, choices=choices(ConsultState), default=ConsultState.ASKED
    )
    asked_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConsultQuerySet.as_manager()

    class Meta:
        constraints = [
            # Known states only.
            models.CheckConstraint(
                condition=Q(state__in=list(ConsultState)), name="workstreams_consult_state_known"
            ),
            # Over exactly when it says when.
            models.CheckConstraint(
                condition=Q(state__in=list(ENDED_CONSULTS), ended_at__isnull=False)
                | (~Q(state__in=list(ENDED_CONSULTS)) & Q(ended_at__isnull=True)),
                name="workstreams_consult_ended_at_paired",
            ),
            # Somebody is asked: an agent, or a queue.
            models.CheckConstraint(
                condition=Q(agent__isnull=False) | Q(queue__isnull=False),
                name="workstreams_consult_is_addressed",
            ),
            # Who reads along is somebody, and came at some time.
            models.CheckConstraint(
                condition=~Q(state__in=[ConsultState.ADVISING, ConsultState.JOINED])
                | Q(agent__isnull=False, answered_at__isnull=False),
                name="workstreams_consult_answered_by_agent",
            ),
            # Nobody asks for his own advice.
            models.CheckConstraint(
                condition=Q(agent__isnull=True) | ~Q(agent=models.F("asked_by")),
                name="workstreams_consult_of_another",
            ),
            # An agent is in a conversation once.
            models.UniqueConstraint(
                fields=["item", "agent"],
                condition=Q(ended_at__isnull=True),
                name="workstreams_consult_agent_once",
            ),
            # A queue is asked once at a time.
            models.UniqueConstraint(
                fields=["item", "queue"],
                condition=Q(state=ConsultState.ASKED),
                name="workstreams_consult_queue_once",
            ),
        ]
        indexes = [
            # What an agent is asked, and advises on: desk, permissions.
            models.Index(
                fields=["agent"],
                name="workstreams_consult_of_agent",
                condition=Q(ended_at__isnull=True),
            ),
            # Requests that nobody answered: the sweep.
            models.Index(
                fields=["deadline_at"],
                name="workstreams_consult_asked",
                condition=Q(state=ConsultState.ASKED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.state}"

    @property
    def whom(self) -> str:
        """Who advises, or is asked to, by name."""
        return str(self.agent or self.queue)


class ConsultNote(models.Model):
    """One line of the side talk between the agent who has the item and one adviser.

    A table of its own: nothing that reads messages for customers, bots or models can meet it.
    ``client_key`` comes from the sender, so a repeated request adds nothing.
    """

    consult = models.ForeignKey(Consult, on_delete=models.CASCADE, related_name="notes")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    client_key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            # A note is stored once, however often it is sent.
            models.UniqueConstraint(
                fields=["consult", "client_key"], name="workstreams_consultnote_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
