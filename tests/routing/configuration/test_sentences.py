"""What a document is refused for, each with a sentence of its own at its place."""

import pytest

from routing import configuration
from tests.routing.configuration.faulty import CARE, CHAT, bots, chat, document, nested, overflowing
from workstreams.models import ServiceConfiguration

pytestmark = pytest.mark.django_db
RECORDS = CHAT | {"type": "record", "channel": "record", "record_type": "case"}
BY_NAME = {"name": "r", "entity": "contact", "keys": {"Name": "name"}, "is_enabled": True}


SENTENCES = {
    "newer": (
        document(format=3),
        "format",
        "This was made by a newer version: format 3, this knows 2.",
    ),
    "no-format": (document(format="2"), "format", "Say which format this is"),
    "scope": (document(scope="galaxy"), "scope", "Should be one of organisation, workstream."),
    "section": (document(tickets=[]), "tickets", "There is no section tickets."),
    "service": (document(service=[]), "service", "The switches of the service are an object."),
    "service-key": (
        document(service={"gravity": True}),
        "service.gravity",
        "There is no field gravity here.",
    ),
    "rule-key": (
        chat(route_to_queue=[{"name": "r", "queue": "Care"}]),
        "workstreams.0.route_to_queue.0.queue",
        "There is no field queue here.",
    ),
    "overflow-shape": (
        overflowing(queue="?"),
        "queues.0.overflow",
        "Should be a list, each an object with condition, threshold, action, queue.",
    ),
    "overflow-self": (
        overflowing(condition="work_item_limit", threshold=5, action="transfer", queue="Care"),
        "queues.0.overflow.0.queue",
        "Work cannot overflow into the queue that it comes from.",
    ),
    "overflow-unknown": (
        overflowing(condition="work_item_limit", threshold=5, action="transfer", queue="Gone"),
        "queues.0.overflow.0.queue",
        "There is no queue Gone.",
    ),
    "overflow-type": (
        overflowing(
            condition="work_item_limit",
            threshold=5,
            action="transfer",
            queue="Default voice queue",
        ),
        "queues.0.overflow.0.queue",
        "The queue Default voice queue does not take work of this type.",
    ),
    "overflow-voice": (
        overflowing(condition="average_wait", threshold=60, action="end"),
        "queues.0.overflow.0.condition",
        "“Average wait time exceeds” is not for messaging queues.",
    ),
    "overflow-hours": (
        overflowing(condition="out_of_operating_hours", action="end"),
        "queues.0.overflow.0.condition",
        "A queue without operating hours is always open.",
    ),
    "rule-overflow": (
        chat(
            route_to_queue=[
                {
                    "name": "r",
                    "queues": [{"queue": "Care"}],
                    "overflow": [{"condition": "waiting_time", "threshold": 60, "action": "end"}],
                }
            ]
        ),
        "workstreams.0.route_to_queue.0.overflow.0.condition",
        "“Waiting time in queue exceeds” is for queues, not for rules.",
    ),
    "built-in-queue": (
        document(queues=[CARE, {"name": "Default voice queue", "type": "voice", "priority": 7}]),
        "queues.1.priority",
        "Only the assignment method of a built-in queue can be changed.",
    ),
    "surrogate": (
        chat(name="\ud800"),
        "",
        "This holds a character or a number that cannot be stored.",
    ),
    "deep": (chat(classification=nested(80)), "", "This is nested too deeply."),
    "picked": (
        chat(distribution_mode="pick", may_be_picked=True),
        "workstreams.0.may_be_picked",
        "Work that is picked anyway needs no leave to be picked.",
    ),
    "assist-bot": (
        chat(bot="Bo") | {"bots": bots("assist")},
        "workstreams.0.bot",
        "The bot Bo assists agents and talks to no customers.",
    ),
    "talking-assistant": (
        chat(assist_bots=["Bo"]) | {"bots": bots("conversation")},
        "workstreams.0.assist_bots",
        "The bot Bo talks to customers and assists no agents.",
    ),
    "unknown-bot": (chat(bot="Bo"), "workstreams.0.bot", "There is no bot Bo."),
    "unknown-template": (
        chat(session_template="Wide"),
        "workstreams.0.session_template",
        "There is no session template Wide.",
    ),
    "entity-template": (
        chat(session_template="Case entity session - default template"),
        "workstreams.0.session_template",
        "Only generic session templates belong to workstreams.",
    ),
    "variables": (
        chat(context_variables=[{"name": "a", "type": "text", "is_from_survey": False}] * 2),
        "workstreams.0.context_variables",
        "Should be a list in which each name stands once.",
    ),
    "assist-bots-of-records": (
        document(
            bots=bots("assist"),
            queues=[CARE | {"type": "record"}],
            workstreams=[RECORDS | {"assist_bots": ["Bo"]}],
        ),
        "workstreams.0.assist_bots",
        "Records have no customer to talk to",
    ),
    "identification-of-records": (
        document(
            queues=[CARE | {"type": "record"}],
            workstreams=[RECORDS | {"identification_rules": [BY_NAME]}],
        ),
        "workstreams.0.identification_rules",
        "Records bring their customer along, and need no rules.",
    ),
    "record-routing": (
        document(
            queues=[CARE | {"type": "record"}],
            workstreams=[RECORDS],
        ),
        "workstreams.0.type",
        "Record routing is off here.",
    ),
}


@pytest.mark.parametrize(("given", "path", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_says_what_is_wrong(given, path, sentence):
    findings = configuration.validate(given)

    assert findings[0]["path"] == path
    assert findings[0]["message"].startswith(sentence)
    assert all(each["message"].endswith(".") for each in findings)


def test_built_in_templates_cannot_be_changed(organisation):
    template = {"name": "Chat - consult - default", "title": "Mine"}

    [finding] = configuration.validate(document(notification_templates=[template]))

    assert finding["message"] == "Chat - consult - default is built in and cannot be changed."


def test_record_routing_once_on_stays_on(organisation, now):
    configuration.import_document(
        {"format": 2, "service": {"record_routing": False}}, by=None, now=now
    )

    assert ServiceConfiguration.objects.get().record_routing_enabled_at is not None


def test_documents_of_the_first_format_are_read(organisation, now):
    template = {"name": "Incoming conversation - default", "countdown_seconds": 120}
    old = {
        "format": 1,
        "notification_templates": [template | {"agents_may_decline": True}],
        "queues": [CARE],
        "workstreams": [CHAT | {"notification_template": "Incoming conversation - default"}],
    }

    report = configuration.import_document(old, by=None, now=now)

    assert report.created == ["queue Care", "workstream Talk"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"\xff\xfe", "This is no text in UTF-8, as documents are."),
        ('{"a": 1,}', "This is not JSON: line 1, column 9"),
        ("1" * 5000, "Exceeds the limit"),
        (b" " * (10 * 1024 * 1024 + 1), "A document has at most 10 MB."),
    ],
)
def test_a_text_that_is_no_document_is_told_apart(text, sentence):
    with pytest.raises(configuration.NotJson) as refused:
        configuration.read_text(text)

    assert str(refused.value).startswith(sentence)


def test_a_path_has_its_line():
    text = '{\n "queues": [\n  {"name": "a"},\n  {\n   "name": "b:,]",\n   "type": 5\n  }\n ]\n}'

    assert configuration.lines_of(text, ["queues.1.type", "queues.1.gone", "queues.0", ""]) == {
        "queues.1.type": 6,
        "queues.1.gone": 4,
        "queues.0": 3,
    }
