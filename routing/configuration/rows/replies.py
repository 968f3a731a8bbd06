"""Documents of texts: quick replies, message templates, automated messages."""

from collections import defaultdict
from collections.abc import Iterator

from routing.configuration.rows.names import message_name, reply_name
from routing.configuration.rows.selection import Document, Ids, chosen, in_order_of_names
from workstreams.models import AutomatedMessage, MessageTemplate, QuickReply


def quick_reply_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """The replies of all agents; personal ones are people's own."""
    workstreams: dict[int, list[str]] = defaultdict(list)
    links = QuickReply.workstreams.through.objects.filter(workstream__deleted_at=None)
    for pk, name in chosen(links, ids, "quickreply").values_list(
        "quickreply_id", "workstream__name"
    ):
        workstreams[pk].append(name)
    rows = chosen(QuickReply.objects.filter(owner=None).order_by("pk"), ids)
    for pk, title, locale, message, tags in rows.values_list(
        "pk", "title", "locale", "message", "tags"
    ):
        yield (
            pk,
            {
                "name": reply_name(title, locale),
                "title": title,
                "locale": locale,
                "message": message,
                "tags": tags,
                "workstreams": in_order_of_names(workstreams.get(pk, ())),
            },
        )


def message_template_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Texts of messages that the organisation sends first."""
    rows = chosen(MessageTemplate.objects.order_by("pk"), ids).values(
        "pk", "name", "channel", "default_locale", "texts"
    )
    for row in rows:
        yield row.pop("pk"), row


def automated_message_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """What whole channels say differently; instances carry their own."""
    rows = chosen(AutomatedMessage.objects.filter(channel_instance=None).order_by("pk"), ids)
    for row in rows.values("pk", "channel", "trigger", "locale", "text", "is_active"):
        name = message_name(row["channel"], row["trigger"], row["locale"])
        yield row.pop("pk"), {"name": name, **row}
