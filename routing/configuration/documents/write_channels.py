"""Entries of a document into channel instances, and the switches of the service."""

from datetime import datetime

from agents.models import OperatingHours
from routing.configuration.documents.write_definitions import Document, Names, saved
from workstreams.actions.save_auto_close import write_auto_close
from workstreams.models import (
    AutomatedMessage,
    ChannelInstance,
    ServiceConfiguration,
    SurveyQuestion,
    Workstream,
)
from workstreams.switches import NAMES, REACH_NAMES, SEARCH_NAMES, WORD_NAMES

SAME = (
    "name",
    "slug",
    "is_enabled",
    "locale",
    "agent_name",
    "greeting",
    "allowed_origins",
    "tells_wait",
    "tells_position",
    "tells_average_wait",
    "reconnect_minutes",
    "portal_url",
    "redirect_url",
    "when_closed",
    "settings",
)


def write_channel_instance(entry: Document, pk: int | None, names: Names) -> None:
    """A way in, with what it asks and says: rows of the same name stay the same rows."""
    instance = saved(
        ChannelInstance,
        pk,
        **{key: entry[key] for key in SAME},
        workstream_id=names.id_of(Workstream, entry["workstream"]),
        operating_hours_id=names.id_if_any(OperatingHours, entry["operating_hours"]),
    )
    _write_questions(instance, entry["survey_questions"])
    _write_messages(instance, entry["automated_messages"])


def write_service(entry: Document, now: datetime) -> None:
    """The switches and times of the whole service."""
    row = ServiceConfiguration.objects.select_for_update(no_key=True).filter(pk=1).first()
    row = row or ServiceConfiguration(pk=1, revision=0)
    if entry["record_routing"] and row.record_routing_enabled_at is None:
        row.record_routing_enabled_at = now
    for name in NAMES:
        setattr(row, name, entry[name])
    row.maximum_declines = entry["maximum_declines"]
    for name in (*REACH_NAMES, *SEARCH_NAMES, *WORD_NAMES):
        setattr(row, name, entry[name])
    row.revision += 1
    row.save()
    write_auto_close(entry["auto_close"])


def _write_questions(instance: ChannelInstance, questions: list[Document]) -> None:
    """A visitor may be answering them: his page names their rows."""
    names = [each["name"] for each in questions]
    instance.survey_questions.exclude(name__in=names).delete()
    SurveyQuestion.objects.bulk_create(
        (
            SurveyQuestion(channel_instance=instance, position=position, **question)
            for position, question in enumerate(questions, start=1)
        ),
        update_conflicts=True,
        unique_fields=["channel_instance", "name"],
        update_fields=["text", "answer_type", "options", "is_required", "position"],
    )


def _write_messages(instance: ChannelInstance, messages: list[Document]) -> None:
    """A form that is open with an older text finds another revision."""
    channel = Workstream.objects.values_list("channel", flat=True).get(pk=instance.workstream_id)
    rows = instance.automated_messages.select_for_update(no_key=True)
    present = {(row.trigger, row.locale): row for row in rows}
    for message in messages:
        row = present.pop((message["trigger"], message["locale"]), None)
        if row is None:
            row = AutomatedMessage(channel_instance=instance, channel=channel, revision=0)
        if any(getattr(row, key) != value for key, value in message.items()) or not row.revision:
            for key, value in message.items():
                setattr(row, key, value)
            row.revision += 1
            row.save()
    for row in present.values():
        row.delete()
