"""Put the questions of a survey into another order, or take one away."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.models import SurveyQuestion


@transaction.atomic
def move_survey_question(*, question: SurveyQuestion, up: bool, by: User, now: datetime) -> None:
    """One place up or down; the first stays first and the last last."""
    lock_workstream(question.channel_instance.workstream)
    rows = list(SurveyQuestion.objects.filter(channel_instance=question.channel_instance_id))
    places = [row.pk for row in rows]
    if question.pk not in places:
        return
    here = places.index(question.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return

    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        row.position = position
    SurveyQuestion.objects.bulk_update(rows, ["position"])

    announce_configuration(sender=SurveyQuestion, by=by, now=now)


@transaction.atomic
def delete_survey_question(*, question: SurveyQuestion, by: User, now: datetime) -> None:
    """Its context variable stays: conversations that began before have its answer."""
    lock_workstream(question.channel_instance.workstream)
    SurveyQuestion.objects.filter(pk=question.pk).delete()

    announce_configuration(sender=SurveyQuestion, by=by, now=now)
