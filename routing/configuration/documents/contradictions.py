"""Settings of an entry that do not go together, and what a workstream keeps for ever."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from agents.actions.check_rating_scale import names_fault
from agents.models import CapacityProfile
from routing.check_learning import input_faults
from routing.configuration.documents.declared_faults import attributes_after, faults_of_attribute
from routing.configuration.documents.hours_faults import faults_of_hours
from routing.configuration.documents.identification_faults import faults_of_identification
from routing.configuration.documents.landscape import Landscape
from routing.configuration.documents.scale_faults import scale_fault, skills_of
from routing.configuration.documents.slugs_after import slugs_after
from routing.configuration.documents.text_faults import (
    faults_of_automated_message,
    faults_of_message_template,
    faults_of_own_messages,
    faults_of_quick_reply,
    faults_of_survey,
)
from routing.configuration.documents.use_faults import faults_of_purpose, faults_of_session_type
from routing.configuration.documents.variable_faults import faults_of_variables
from routing.engine.conditions import check_condition
from routing.engine.methods.attributes import attribute_faults
from routing.engine.methods.check import method_faults
from routing.terms import RuleType
from workstreams.actions.check_channel_instance import check_channel_instance
from workstreams.actions.check_notification_template import check_notification_template
from workstreams.actions.check_session_template import check_session_template
from workstreams.actions.check_workstream import check_workstream
from workstreams.actions.choose_bots import RECORDS_HAVE_NONE
from workstreams.actions.edit_queue import BUILT_IN_STAYS, DISTRIBUTES_FOR_GOOD
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_context_variable import name_fault
from workstreams.bots.check_script import checked_script
from workstreams.bots.endpoint import endpoint_fault
from workstreams.models import (
    ChannelInstance,
    NotificationTemplate,
    Queue,
    RecordType,
    SessionTemplate,
    Workstream,
)
from workstreams.overflow import pair_faults
from workstreams.terms import BotKind, BotPurpose, SessionType

Entry = Mapping[str, Any]
Fault = tuple[str, str]
# What a workstream keeps from its creation on.
FIXED: Final = ("type", "channel", "record_type", "distribution_mode", "persistent_chat")
# Fields that rows call otherwise.
CALLED: Final = {
    "capacity_format": "capacity",
    "capacity_units": "capacity",
    "capacity_profiles": "capacity",
    "wrap_up_seconds": "wrap_up_block",
    "phone_number": "settings",
}

# Of a way in, what its form and its action look at too.
CHECKED_OF_INSTANCE: Final = (
    "name",
    "slug",
    "greeting",
    "allowed_origins",
    "settings",
    "portal_url",
    "redirect_url",
    "reconnect_minutes",
)


def contradictions(kind: str, entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """Keys and sentences of all that stands against one entry."""
    if look := LOOKS.get(kind):
        yield from look(entry, organisation)


def _learned_model(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    for fault in input_faults(RuleType(entry["type"]), entry["inputs"], "inputs"):
        yield fault.path, fault.message
    for finding in check_condition(entry["when"]):
        yield finding.path, finding.message
    if (
        entry["closed_from"]
        and entry["closed_until"]
        and entry["closed_until"] < entry["closed_from"]
    ):
        yield "closed_until", "The last day is before the first."
    before = organisation.present["learned_model"].get(entry["name"].lower())
    if before is not None and before["type"] != entry["type"]:
        yield "type", "A model keeps what it is for. Give the other one another name."


def _workstream(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    capacity, wrap_up = entry["capacity"], entry["wrap_up_block"]
    row = Workstream(
        record_type=RecordType(pk=1) if entry["record_type"] else None,
        capacity_format=capacity["format"],
        capacity_units=capacity.get("units", 1),
        wrap_up_block=wrap_up["mode"],
        wrap_up_seconds=wrap_up.get("seconds"),
        **{key: entry[key] for key in CHECKED},
    )
    profiles = [CapacityProfile(name=name) for name in capacity.get("profiles", [])]
    yield from _refused(lambda: check_workstream(row, profiles=profiles))
    is_push, is_record = entry["distribution_mode"] == "push", entry["type"] == "record"
    if entry["may_be_picked"] and not is_push:
        yield "may_be_picked", "Work that is picked anyway needs no leave to be picked."
    if entry["bot"] and (not is_push or is_record):
        yield "bot", "A bot gets conversations that are offered automatically (push)."
    if entry["assist_bots"] and is_record:
        yield "assist_bots", RECORDS_HAVE_NONE
    yield from faults_of_identification(
        entry["identification_rules"], "identification_rules", is_of_records=is_record
    )
    for variable in entry["context_variables"]:
        if fault := name_fault(variable["name"]):
            yield "context_variables", fault
    yield from faults_of_variables(entry, organisation)
    yield from _named_by_workstream(entry, organisation)
    yield from _fixed(entry, organisation)
    if is_record and not _has_record_routing(organisation):
        yield "type", "Record routing is off here. Switch it on in the service configuration first."


def _named_by_workstream(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    queue = organisation.after("queue").get(entry["fallback_queue"].lower())
    if queue and queue["type"] != entry["type"]:
        yield "fallback_queue", f"The queue {queue['name']} does not take work of this type."
    session = organisation.after("session_template").get(str(entry["session_template"]).lower())
    if session and session["type"] != SessionType.GENERIC:
        yield "session_template", "Only generic session templates belong to workstreams."
    bots = organisation.after("bot")
    if (bot := bots.get(str(entry["bot"]).lower())) and bot["purpose"] != BotPurpose.CONVERSATION:
        yield "bot", f"The bot {bot['name']} assists agents and talks to no customers."
    for name in entry["assist_bots"]:
        if (bot := bots.get(name.lower())) and bot["purpose"] != BotPurpose.ASSIST:
            yield "assist_bots", f"The bot {bot['name']} talks to customers and assists no agents."


def _fixed(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    present = organisation.present["workstream"].get(entry["name"].lower())
    for key in FIXED:
        if present is not None and present[key] != entry[key]:
            yield key, f"The {key.replace('_', ' ')} of a workstream never changes."


def _has_record_routing(organisation: Landscape) -> bool:
    service = {
        **organisation.present_single["service"],
        **organisation.wanted_single.get("service", {}),
    }
    return bool(service.get("record_routing"))


def _assignment_method(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    faults = method_faults(entry) or attribute_faults(entry, attributes_after(organisation))
    return ((fault.path, fault.message) for fault in faults)


def _queue(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    present = organisation.present["queue"].get(entry["name"].lower())
    if present is not None:
        yield from _kept_by_queue(present, entry)
    queues = organisation.after("queue")
    faults = pair_faults(
        entry["overflow"],
        type=entry["type"],
        type_of=lambda name: queues.get(name.lower(), {}).get("type"),
        own_name=entry["name"],
        has_hours=entry["operating_hours"] is not None,
    )
    yield from ((f"overflow.{index}.{key}", sentence) for index, key, sentence in faults)


def _kept_by_queue(present: Entry, entry: Entry) -> Iterator[Fault]:
    if present["type"] != entry["type"]:
        yield "type", "The type of a queue never changes."
    if present["distributes"] and not entry["distributes"]:
        yield "distributes", DISTRIBUTES_FOR_GOOD
    changed = [key for key in entry if entry[key] != present.get(key)]
    built_in = Queue.objects.filter(is_default=True, name__iexact=entry["name"])
    if set(changed) - {"assignment_method"} and built_in.exists():
        yield changed[0], BUILT_IN_STAYS


def _rating_model(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    if entry["max"] <= entry["min"]:
        yield "max", "A scale rises from its lowest to its highest rating."
    elif fault := names_fault(entry["names"], entry["min"], entry["max"]):
        yield "names", fault
    elif fault := scale_fault(entry, skills_of(entry["name"], organisation), organisation):
        yield "max", fault


def _skill(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    scale = organisation.after("rating_model").get(entry["rating_model"].lower())
    if scale and (fault := scale_fault(scale, {entry["name"].lower()}, organisation)):
        yield "rating_model", fault


def _capacity_profile(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    present = organisation.present["capacity_profile"].get(entry["name"].lower())
    if present is not None and present["reset"] != entry["reset"]:
        yield "reset", "The reset frequency of a profile never changes."


def _session_template(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    if (entry["type"] == SessionType.ENTITY) != (entry["record_type"] is not None):
        yield "record_type", "An entity template names its record type, a generic one has none."
    taken = [
        other["name"]
        for key, other in organisation.after("session_template").items()
        if other["unique_name"].lower() == entry["unique_name"].lower()
        and key != entry["name"].lower()
    ]
    if taken:
        yield "unique_name", f"The session template {taken[0]} has this unique name."
    yield from faults_of_session_type(entry, organisation)
    values = {key: value for key, value in entry.items() if key != "record_type"}
    row = SessionTemplate(record_type=RecordType(pk=1) if entry["record_type"] else None, **values)
    yield from _refused(lambda: check_session_template(row, slugs_after(organisation)))


def _notification_template(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    if entry["auto_assign"] and entry["agents_may_decline"]:
        yield "agents_may_decline", "What is assigned without asking cannot be declined."
    if entry["auto_accept"] and not (entry["auto_assign"] and entry["shows_countdown"]):
        yield "auto_accept", "Opening by itself needs automatic assignment and a countdown."
    row, known = NotificationTemplate(**entry), slugs_after(organisation)
    yield from _refused(lambda: check_notification_template(row, known))


def _bot(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    if (entry["kind"] == BotKind.WEBHOOK) != bool(entry["endpoint"]):
        yield "endpoint", "A webhook bot has an endpoint, a scripted one has none."
    elif entry["kind"] == BotKind.WEBHOOK and (fault := endpoint_fault(entry["endpoint"])):
        yield "endpoint", fault
    if entry["kind"] == BotKind.SCRIPTED:
        yield from checked_script(entry["purpose"], entry["script"])[1].items()
    yield from faults_of_purpose(entry, organisation)


def _channel_instance(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    workstream = organisation.after("workstream").get(entry["workstream"].lower(), {})
    row = ChannelInstance(
        workstream=Workstream(channel=workstream.get("channel", "")),
        **{key: entry[key] for key in CHECKED_OF_INSTANCE},
    )
    yield from _refused(lambda: check_channel_instance(row))
    yield from faults_of_survey(entry, workstream.get("channel", ""))
    yield from faults_of_own_messages(entry, workstream.get("channel", ""), organisation)
    yield from _taken_addresses(entry, organisation)


def _taken_addresses(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    own, number = entry["name"].lower(), entry["settings"].get("phone_number")
    present = organisation.present["channel_instance"].get(own)
    if present is not None and present["slug"] != entry["slug"]:
        sentence = f"A channel instance of this name is here with the address {present['slug']}."
        yield "slug", f"{sentence} Rename one of them."
    for key, other in organisation.after("channel_instance").items():
        if key != own and other["slug"] == entry["slug"]:
            yield "slug", f"The address {entry['slug']} belongs to {other['name']}."
        if key != own and number and other["settings"].get("phone_number") == number:
            yield "settings", f"The number {number} belongs to {other['name']}."


def _refused(check: Callable[[], None]) -> Iterator[Fault]:
    try:
        check()
    except InvalidSettings as refusal:
        for key, sentence in refusal.errors.items():
            yield CALLED.get(key, key), sentence


CHECKED: Final = (
    "name",
    "type",
    "channel",
    "persistent_chat",
    "distribution_mode",
    "allowed_presences",
    "skill_matching",
    "keep_same_agent",
    "auto_close_after_minutes",
)
LOOKS: Final[dict[str, Callable[[Entry, Landscape], Iterator[Fault]]]] = {
    "learned_model": _learned_model,
    "agent_attribute": faults_of_attribute,
    "rating_model": _rating_model,
    "skill": _skill,
    "capacity_profile": _capacity_profile,
    "operating_hours": faults_of_hours,
    "session_template": _session_template,
    "notification_template": _notification_template,
    "bot": _bot,
    "assignment_method": _assignment_method,
    "queue": _queue,
    "workstream": _workstream,
    "channel_instance": _channel_instance,
    "message_template": faults_of_message_template,
    "automated_message": faults_of_automated_message,
    "quick_reply": faults_of_quick_reply,
}
