"""Entries of a document into channel instances, and the switches of the service."""

from datetime import datetime

from agents.models import OperatingHours
from routing.configuration.documents.write_definitions import Document, Names, saved
from workstreams.models import (
    AutomatedMessage,
    ChannelInstance,
    ServiceConfiguration,
    SurveyQuestion,
    Workstream,
)

SAME = (
    "name",
    "slug",
    "is_enabled",
    "locale",
    "agent_name",
    "greeting",
    "allowed_origins",
    "settings",
)


def write_channel_instance(entry: Document, pk: int | None, names: Names) -> None:
    """A way in, with what it asks and says; both are replaced."""
    instance = saved(
        ChannelInstance,
        pk,
        **{key: entry[key] for key in SAME},
        workstream_id=names.id_of(Workstream, entry["workstream"]),
        operating_hours_id=names.id_if_any(OperatingHours, entry["operating_hours"]),
    )
    instance.survey_questions.all().delete()
    SurveyQuestion.objects.bulk_create(
        SurveyQuestion(channel_instance=instance, position=position, **question)
        for position, question in enumerate(entry["survey_questions"], start=1)
    )
    channel = Workstream.objects.values_list("channel", flat=True).get(pk=instance.workstream_id)
    instance.automated_messages.all().delete()
    AutomatedMessage.objects.bulk_create(
        AutomatedMessage(channel_instance=instance, channel=channel, **message)
        for message in entry["automated_messages"]
    )


def write_service(entry: Document, now: datetime) -> None:
    """The switches of the whole service."""
    row = ServiceConfiguration.objects.select_for_update(no_key=True).filter(pk=1).first()
    row = row or ServiceConfiguration(pk=1, revision=0)
    if entry["record_routing"] and row.record_routing_enabled_at is None:
        row.record_routing_enabled_at = now
    row.personal_quick_replies = entry["personal_quick_replies"]
    row.revision += 1
    row.save()
