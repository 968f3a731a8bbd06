"""Documents of workstreams, their rules included."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from agents.terms import BasePresence, CapacityFormat
from routing.configuration.rows.customers import context_variables, identification_rules
from routing.configuration.rows.rules import rules_of_workstreams
from routing.configuration.rows.selection import Document, Ids, chosen, in_order_of_names
from workstreams.models import Workstream
from workstreams.terms import WrapUpBlock

COLUMNS = (
    "pk",
    "name",
    "type",
    "channel",
    "record_type__name",
    "persistent_chat",
    "distribution_mode",
    "fallback_queue__name",
    "capacity_format",
    "capacity_units",
    "wrap_up_block",
    "wrap_up_seconds",
    "allowed_presences",
    "skill_matching",
    "keep_same_agent",
    "auto_close_after_minutes",
    "notification_template__name",
    "notification_template__countdown_seconds",
    "notification_template__agents_may_decline",
    "authenticated_template__name",
    "consult_template__name",
    "transfer_template__name",
    "supervisor_assign_template__name",
    "session_template__name",
    "may_be_picked",
    "bot__name",
)
PRESENCE_ORDER = {presence.value: index for index, presence in enumerate(BasePresence)}


def workstream_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Workstreams in eight queries, however many there are."""
    classification, route_to_queue = rules_of_workstreams(ids)
    profiles, assist_bots = _profile_names(ids), _assist_bot_names(ids)
    variables, identification = context_variables(ids), identification_rules(ids)
    for row in chosen(Workstream.objects.order_by("pk"), ids).values(*COLUMNS):
        pk = row["pk"]
        yield (
            pk,
            {
                "name": row["name"],
                "type": row["type"],
                "channel": row["channel"],
                "record_type": row["record_type__name"],
                "persistent_chat": row["persistent_chat"],
                "distribution_mode": row["distribution_mode"],
                "fallback_queue": row["fallback_queue__name"],
                "capacity": _capacity(row, profiles.get(pk, [])),
                "wrap_up_block": _wrap_up_block(row),
                "allowed_presences": _in_order(row["allowed_presences"]),
                "skill_matching": row["skill_matching"],
                "keep_same_agent": row["keep_same_agent"],
                "auto_close_after_minutes": row["auto_close_after_minutes"],
                "may_be_picked": row["may_be_picked"],
                "bot": row["bot__name"],
                "assist_bots": assist_bots.get(pk, []),
                "session_template": row["session_template__name"],
                "notification_template": row["notification_template__name"],
                "authenticated_template": row["authenticated_template__name"],
                "consult_template": row["consult_template__name"],
                "transfer_template": row["transfer_template__name"],
                "supervisor_assign_template": row["supervisor_assign_template__name"],
                "context_variables": variables.get(pk, []),
                "identification_rules": identification.get(pk, []),
                "offer_seconds": row["notification_template__countdown_seconds"],
                "agents_may_decline": row["notification_template__agents_may_decline"],
                "classification": classification.get(pk, []),
                "route_to_queue": route_to_queue.get(pk, []),
            },
        )


def _profile_names(ids: Ids) -> dict[int, list[str]]:
    rows = chosen(Workstream.capacity_profiles.through.objects.all(), ids, "workstream")
    return _gathered(rows.values_list("workstream_id", "capacityprofile__name"))


def _assist_bot_names(ids: Ids) -> dict[int, list[str]]:
    rows = chosen(Workstream.assist_bots.through.objects.all(), ids, "workstream")
    return _gathered(rows.values_list("workstream_id", "bot__name"))


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Names by workstream; sorted here, for every database sorts in its own way."""
    names: dict[int, list[str]] = defaultdict(list)
    for workstream_id, name in pairs:
        names[workstream_id].append(name)
    return {pk: in_order_of_names(each) for pk, each in names.items()}


def _capacity(row: Document, profiles: list[str]) -> Document:
    if row["capacity_format"] == CapacityFormat.PROFILE:
        return {"format": "profile", "profiles": profiles}
    return {"format": "unit", "units": row["capacity_units"]}


def _wrap_up_block(row: Document) -> Document:
    if row["wrap_up_block"] == WrapUpBlock.CUSTOM:
        return {"mode": "custom", "seconds": row["wrap_up_seconds"]}
    return {"mode": row["wrap_up_block"]}


def _in_order(presences: Sequence[str]) -> list[str]:
    return sorted(presences, key=lambda presence: PRESENCE_ORDER.get(presence, len(PRESENCE_ORDER)))
