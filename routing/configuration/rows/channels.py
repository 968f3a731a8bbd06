"""Documents of the ways in: channel instances with what they ask and say."""

from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter

from routing.configuration.rows.selection import Document, Ids, chosen
from workstreams.models import AutomatedMessage, ChannelInstance, SurveyQuestion

ByInstance = dict[int, list[Document]]


def channel_instance_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Chats, numbers and accounts; each names the workstream that gets its work."""
    questions, messages = _questions(ids), _messages(ids)
    rows = chosen(ChannelInstance.objects.filter(workstream__deleted_at=None), ids).order_by("pk")
    for row in rows.values(
        "pk",
        "name",
        "workstream__name",
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
        "operating_hours__name",
        "when_closed",
        "settings",
    ):
        pk = row.pop("pk")
        workstream, hours = row.pop("workstream__name"), row.pop("operating_hours__name")
        yield (
            pk,
            {
                **row,
                "workstream": workstream,
                "operating_hours": hours,
                "survey_questions": questions.get(pk, []),
                "automated_messages": messages.get(pk, []),
            },
        )


def _questions(ids: Ids) -> ByInstance:
    found: ByInstance = defaultdict(list)
    rows = chosen(SurveyQuestion.objects.order_by("position", "pk"), ids, "channel_instance")
    for row in rows.values(
        "channel_instance_id", "name", "text", "answer_type", "options", "is_required"
    ):
        found[row.pop("channel_instance_id")].append(row)
    return found


def _messages(ids: Ids) -> ByInstance:
    found: ByInstance = defaultdict(list)
    rows = AutomatedMessage.objects.filter(channel_instance__isnull=False).order_by()
    for row in chosen(rows, ids, "channel_instance").values(
        "channel_instance_id", "trigger", "locale", "text", "is_active"
    ):
        found[row.pop("channel_instance_id")].append(row)
    for messages in found.values():
        messages.sort(key=itemgetter("trigger", "locale"))
    return found
