"""No body makes the server fail: whatever is sent, the answer is one of ours."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.models import Agent
from config.api_urls import api
from routing import configuration
from routing.models import Alarm, Blocker, RecordBatch, ScheduledPublication
from routing.terms import AlarmKind, BlockerCause
from tests.api.conftest import Caller
from tests.factories import (
    make_chat_widget,
    make_item,
    make_notification_template,
    make_session_template,
    make_skill,
)
from tests.factories.bots import make_bot
from tests.factories.learning import make_model, make_record
from workstreams.models import (
    Account,
    AssignmentMethod,
    AutomatedMessage,
    Consult,
    Contact,
    ContextVariable,
    IdentificationRule,
    MessageTemplate,
    Queue,
    QuickReply,
    Record,
    RecordType,
    SurveyQuestion,
    Workstream,
)

EXAMPLES = 12
METHODS = ("post", "put", "patch")
NAMES = ["Chat", "Support", "alice", "French", "available", "UTC", "09:00", "", "0", " ", "ﬀ💥"]
# json.dumps(allow_nan) and lone surrogates: what a careless client sends.
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.integers(-1, 100),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(NAMES),
)
WILD = st.recursive(
    PLAIN,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside),
    max_leaves=8,
)
CONDITION = st.recursive(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(["title", "context.tier", "priority", "skills", "x", ""])
            | PLAIN,
            "op": st.sampled_from(["equals", "in", "between", "older_than", "contains"]) | PLAIN,
            "value": WILD,
        }
    ),
    lambda inside: (
        st.fixed_dictionaries({"all": st.lists(inside, max_size=3)})
        | st.fixed_dictionaries({"not": inside})
    ),
    max_leaves=4,
)


def shaped(schema: dict[str, Any], shapes: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Mostly what the schema asks for, so that requests get past the first check."""
    if "$ref" in schema:
        return shaped(shapes[schema["$ref"].rsplit("/", 1)[-1]], shapes)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return st.one_of([shaped(one, shapes) for one in schema[several]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "const" in schema:
        return st.just(schema["const"])
    kind = schema.get("type")
    if kind == "array":
        return st.lists(shaped(schema.get("items", {}), shapes), max_size=3)
    if kind == "object" and "properties" in schema:
        fields = {name: field(name, one, shapes) for name, one in schema["properties"].items()}
        needed = schema.get("required", [])
        return st.fixed_dictionaries(
            {name: fields[name] for name in needed},
            optional={name: one for name, one in fields.items() if name not in needed},
        )
    if kind == "object":
        return CONDITION | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), WILD)
    simple = {
        "string": st.sampled_from(NAMES) | st.text(max_size=30),
        "integer": st.integers(-1, 70_000),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    return simple.get(str(kind), WILD)


def field(name: str, schema: dict[str, Any], shapes: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A field is wild once in a while."""
    good = CONDITION if name == "when" else shaped(schema, shapes)
    return st.one_of(good, good, good, good, WILD)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and body schema of everything that takes a body or might be sent one."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    return [
        (method.upper(), path.removeprefix("/api/v1"), body_schema(entry))
        for path, methods in schema["paths"].items()
        for method, entry in methods.items()
        if method in METHODS
    ]


def body_schema(entry: dict[str, Any]) -> dict[str, Any]:
    content = entry.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] = content.get("application/json", {}).get("schema", {})
    return schema


@pytest.fixture
def ids(workstream, queue, agent) -> dict[str, Any]:
    """A real row for each address."""
    skill = make_skill("French")
    return {
        "workstream_id": workstream.pk,
        "queue_id": queue.pk,
        "item_id": make_item(workstream).pk,
        "row_id": skill.pk,
        "username": "alice",
        "bot_id": make_bot().pk,
        "key": uuid4(),
        "record_type": "case",
        "alarm_id": make_alarm().pk,
        "blocker_id": make_blocker(queue).pk,
        "decision_id": 1,
        "number": configuration.current().number,
        "publication_id": ScheduledPublication.objects.create(at=now(), due_at=now(), base=1).pk,
        "batch_id": RecordBatch.objects.create(created_at=now(), total=0).pk,
        "assignment_method_id": AssignmentMethod.objects.create(name="By shift").pk,
        "consult_id": make_consult(workstream, queue, agent).pk,
        **rows_of_models(),
        **rows_of_workstreams(workstream),
    }


def make_alarm() -> Alarm:
    """One nobody has acknowledged."""
    return Alarm.objects.create(kind=AlarmKind.CYCLE_FAILED, at=now())


def make_blocker(queue: Queue) -> Blocker:
    """One nobody works on."""
    return Blocker.objects.create(
        queue=queue,
        cause=BlockerCause.NO_MEMBERS,
        number_of_items=1,
        first_item_id=1,
        oldest_since=now(),
        noted_at=now(),
    )


def make_consult(workstream: Workstream, queue: Queue, agent: Agent) -> Consult:
    """A queue is asked for advice."""
    item = make_item(workstream)
    return Consult.objects.create(
        item=item, asked_by=agent, queue=queue, asked_at=now(), deadline_at=now()
    )


def rows_of_models() -> dict[str, Any]:
    """A model with a record."""
    model = make_model(name="Topics")
    return {"model_id": model.pk, "training_record_id": make_record(model).pk}


def rows_of_workstreams(workstream: Workstream) -> dict[str, Any]:
    """More of them, and under a noun those whose address calls them as others do."""
    widget = make_chat_widget(workstream)
    question = SurveyQuestion(channel_instance=widget, name="topic", text="What is it about?")
    message = AutomatedMessage(trigger="agent_joined", channel="live_chat", text="Hello")
    template = MessageTemplate(name="Hello", texts={"en": "Hello"})
    rows: dict[str, Any] = {
        "channel_instance_id": widget,
        "survey_question_id": question,
        "context_variable_id": ContextVariable(workstream=workstream, name="tier"),
        "identification_rule_id": IdentificationRule(name="Own", keys={"Mail": "email"}),
        "contact_id": Contact(name="Ada Lovelace"),
        "account_id": Account(name="Contoso"),
        "record_id": Record(record_type=RecordType.objects.get(name="case"), title="Parcel"),
        "message_id": message,
        "reply_id": QuickReply(title="Hello", message="Hello"),
        "message-templates": template,
        "notification-templates": make_notification_template("Calm"),
        "session-templates": make_session_template("Calm"),
        "agents": QuickReply(
            title="Mine", message="Hi", owner=Agent.objects.get(user__username="alice")
        ),
    }
    for row in rows.values():
        row.save()
    return {name: row.pk for name, row in rows.items()}


def address(path: str, ids: dict[str, Any]) -> str:
    """The path with the numbers of real rows."""
    noun = path.split("/")[1]
    own = {"template_id": ids.get(noun), "reply_id": ids.get(noun, ids["reply_id"])}
    return path.format(**{**ids, **own})


def send_all(method: str, path: str, schema: dict[str, Any], callers: list[Caller]) -> None:
    shapes = api.get_openapi_schema(path_prefix="/api/v1/")["components"]["schemas"]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(body=st.one_of(shaped(schema, shapes), shaped(schema, shapes), WILD))
    def send(body: Any) -> None:
        raw = json.dumps(body).encode()
        for caller in callers:
            with transaction.atomic():
                response = caller(method, path, raw=raw)
            assert response.status_code < 500, (path, raw, response.content)

    send()


@pytest.mark.parametrize(
    ("method", "path", "schema"), operations(), ids=lambda part: part if type(part) is str else ""
)
def test_no_body_makes_the_server_fail(
    as_administrator, agent: Agent, ids, method, path, schema, caplog
):
    send_all(method, address(path, ids), schema, [as_administrator, Caller(agent.user)])


READ = [
    path.removeprefix("/api/v1")
    for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
    if "get" in methods
]
QUERIES = [
    {"page_size": "1", "cursor": "a"},
    {"page_size": "9" * 400, "after": "9" * 50 + "." + "9" * 50},
    {"cursor": "aWQgOTk5OTk5OTk5OTk5OTk5OTk5", "after": "9223372036854775807.9223372036854775807"},
    {"cursor": "💥", "state": "open", "queue": "💥", "agent": "'--", "workstream": "%"},
    {"cursor": "\x00", "after": "\x00", "colour": "red"},
]


STRANGE = ["true", "", " ", "\x00", "💥", "'--", "-1", "9" * 30, "x" * 400, "2026-03-09T09:00:00"]


def queries_of(path: str) -> list[dict[str, str]]:
    """Each parameter of the address with each of its words, and with what nobody means."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    shapes = schema["components"]["schemas"]
    parameters = schema["paths"][f"/api/v1{path}"]["get"].get("parameters", [])
    return [
        {each["name"]: value}
        for each in parameters
        if each["in"] == "query"
        for value in [*words_of(each["schema"], shapes), *STRANGE]
    ]


def words_of(schema: dict[str, Any], shapes: dict[str, Any]) -> list[str]:
    """The words that the schema names, whichever of several shapes has them."""
    if "$ref" in schema:
        return words_of(shapes[schema["$ref"].rsplit("/", 1)[-1]], shapes)
    several = [*schema.get("anyOf", []), *schema.get("allOf", [])]
    named = [str(word) for word in schema.get("enum", [])]
    return [*named, *(word for one in several for word in words_of(one, shapes))]


@pytest.mark.parametrize("path", READ)
def test_no_query_makes_the_server_fail(as_administrator, as_agent, ids, path):
    for query in [*QUERIES, *queries_of(path)]:
        for caller in (as_administrator, as_agent):
            response = caller.get(f"{address(path, ids)}?{urlencode(query)}")

            assert response.status_code < 500, (path, query)
