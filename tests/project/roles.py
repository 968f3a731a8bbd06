"""The matrix of privileges (B 13.1): who may, and what is asked to find out."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

ADMINISTRATORS: Final = ("administrator",)
SUPERVISORS: Final = ("administrator", "supervisor")
# Whoever may change secure columns, here an agent, configures, and reads what is configured.
CONFIGURERS: Final = ("administrator", "configurer")
READERS: Final = ("administrator", "supervisor", "configurer")
AGENTS: Final = ("agent", "configurer")
API: Final = "/api/v1"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request, and what it answers those who may."""

    method: str
    address: str
    body: Mapping[str, Any] = field(default_factory=dict)
    good: Collection[int] = (200, 201, 204, 302, 303)

    def json(self) -> bytes:
        """As programs send it."""
        return json.dumps(self.body).encode() if self.body else b""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A privilege, the roles that have it, and requests that need it."""

    privilege: str
    may: Collection[str]
    asks: tuple[Ask, ...]


def get(*addresses: str) -> tuple[Ask, ...]:
    """Pages, or lists of the API."""
    return tuple(Ask(method="GET", address=each) for each in addresses)


def post(address: str, *, good: Collection[int] = (200, 201, 302, 303), **body: Any) -> Ask:
    """What changes something; 409 and 422 are the answers to those who may but ask for nonsense."""
    return Ask(method="POST", address=address, body=body, good=good)


def patch(address: str, **body: Any) -> Ask:
    """A change through the API."""
    return Ask(method="PATCH", address=f"{API}{address}", body=body, good=(200,))


CHANGE_MANY: Final = f"{API}/bulk-changes/agents"
# Forms without what they need: whoever may is told what is missing.
INCOMPLETE: Final = (400, 422)


def many(**changes: Any) -> Ask:
    """One change of one agent, by the operation for many."""
    return post(CHANGE_MANY, agents=["bob"], changes=changes, good=(200,))


ROWS: Final = (
    Row(
        privilege="view users and presences",
        may=SUPERVISORS,
        asks=get(
            "/agents/",
            "/agents/{agent}/",
            "/presences/",
            *(f"{API}/{noun}" for noun in ("agents", "presences")),
        ),
    ),
    Row(
        privilege="view workstreams and queues",
        may=READERS,
        asks=get(
            "/workstreams/",
            "/workstreams/{workstream}/",
            "/queues/",
            "/queues/{queue}/",
            *(f"{API}/{noun}" for noun in ("workstreams", "queues")),
        ),
    ),
    Row(
        privilege="view them where agents work",
        may=AGENTS,
        asks=get("/desk/", "/presence/control/", f"{API}/agents/me"),
    ),
    Row(
        privilege="edit roles of a user, and all else of the account",
        may=ADMINISTRATORS,
        asks=(
            *get("/agents/new/", "/agents/{agent}/delete/"),
            post("/agents/{agent}/disable/"),
            patch("/agents/bob", role="supervisor"),
            patch("/agents/bob", name="Bob"),
            patch("/agents/bob", password="a long pass phrase"),
            patch("/agents/bob", may_change_secure_columns=True),
            patch("/agents/bob", enabled=False),
            patch("/agents/bob", nickname="Bobby", capacity_units=5),
            post(f"{API}/agents", username="new"),
            Ask(method="DELETE", address=f"{API}/agents/bob", good=(204, 409)),
        ),
    ),
    Row(
        privilege="skills, attributes and hours of a user: not among what supervisors change",
        may=ADMINISTRATORS,
        asks=(
            *get("/agents/{agent}/skills/", "/agents/{agent}/attributes/"),
            patch("/agents/bob", skills=[]),
            patch("/agents/bob", attributes={}),
            patch("/agents/bob", operating_hours=None),
            many(skills=[]),
            many(skills_removed=[]),
            many(attributes={}),
            many(operating_hours=None),
        ),
    ),
    Row(
        privilege="default presence and capacity of a user",
        may=SUPERVISORS,
        asks=(
            *get("/agents/{agent}/edit/", "/agents/{agent}/profiles/", "/agents/change/?all=1"),
            post("/agents/{agent}/profiles/"),
            patch("/agents/bob", default_presence="away", capacity_units=5),
            patch("/agents/bob", capacity_profiles=[{"profile": "Chats", "limit": 3}]),
            many(capacity_profiles=[{"profile": "Chats"}]),
            many(capacity_profiles_removed=["Chats"]),
            many(default_presence="away"),
        ),
    ),
    Row(
        privilege="queue assignment of a user",
        may=SUPERVISORS,
        asks=(
            *get("/agents/{agent}/queues/"),
            post("/agents/{agent}/queues/"),
            patch("/agents/bob", queues=["Support"]),
            many(queues_joined=["Support"]),
            many(queues_left=["Support"]),
        ),
    ),
    Row(
        privilege="users in a presence",
        may=SUPERVISORS,
        asks=(
            post("/agents/{agent}/presence/", good=(404,)),
            post("/agents/{agent}/presence/reset/"),
            Ask(
                method="PUT",
                address=f"{API}/agents/bob/presence",
                body={"presence": "away"},
                good=(200,),
            ),
            many(presence="away"),
        ),
    ),
    Row(
        privilege="agents in a queue",
        may=READERS,
        asks=(
            post("/queues/{queue}/members/add/", agents=["{agent}"]),
            post("/queues/{queue}/members/remove/", agents=["{agent}"]),
            patch("/queues/{queue}", members=["bob"]),
        ),
    ),
    Row(
        privilege="presences CRUD",
        may=ADMINISTRATORS,
        asks=(
            *get("/presences/new/"),
            post("/presences/new/", good=INCOMPLETE),
            post(f"{API}/presences", name="Lunch", text="Lunch", base="away"),
        ),
    ),
    Row(
        privilege="workstreams, channels, context, rules, queues, bots CRUD",
        may=CONFIGURERS,
        asks=(
            *get(
                "/workstreams/new/",
                "/queues/new/",
                "/queues/{queue}/edit/",
                "/queues/{queue}/copy/",
                "/queues/{queue}/delete/",
                "/workstreams/{workstream}/context-variables/new/",
                "/rules/intake/case/new/",
                "/bots/new/",
                "/notification-templates/new/",
            ),
            post("/service-configuration/", good=INCOMPLETE),
            patch("/queues/{queue}", priority=3),
            patch("/queues/{queue}", members=["bob"], priority=3),
            post(f"{API}/queues", name="New", type="messaging"),
        ),
    ),
    Row(
        privilege="hours, skills, profiles, record types, methods and models CRUD",
        may=ADMINISTRATORS,
        asks=(
            *get(
                "/operating-hours/new/",
                "/skills/new/",
                "/capacity-profiles/new/",
                "/record-types/new/",
                "/assignment-methods/new/",
                "/models/new/",
            ),
            post(f"{API}/operating-hours", good=INCOMPLETE, name=""),
            post(f"{API}/skills", good=INCOMPLETE, name=""),
            post(f"{API}/assignment-methods", good=INCOMPLETE, name=""),
            post(f"{API}/models", good=INCOMPLETE, name=""),
        ),
    ),
    Row(
        privilege="quick replies CRUD",
        may=READERS,
        asks=(
            *get("/quick-replies/", "/quick-replies/new/", f"{API}/quick-replies"),
            post("/quick-replies/new/", title="Hi", locale="en", message="Hello", tags=""),
            post(f"{API}/quick-replies", title="Hi", message="Hello"),
        ),
    ),
    Row(
        privilege="view operating hours",
        may=SUPERVISORS,
        asks=get("/operating-hours/", f"{API}/operating-hours"),
    ),
    Row(
        privilege="view assignment methods, and models with the customers' texts they learn from",
        may=SUPERVISORS,
        asks=get(
            "/assignment-methods/",
            "/models/",
            "/models/{model}/",
            "/models/{model}/records/",
            f"{API}/assignment-methods",
            f"{API}/models",
            f"{API}/models/{{model}}",
            f"{API}/models/{{model}}/records",
        ),
    ),
    Row(
        privilege="see a decision made again, with all agents who were considered",
        may=SUPERVISORS,
        asks=get(
            "/work-items/{item}/decisions/{decision}/",
            f"{API}/work-items/{{item}}/decisions/{{decision}}/replay",
        ),
    ),
    Row(
        privilege="monitor, assign, transfer conversations",
        may=SUPERVISORS,
        asks=(
            *get(
                "/floor/",
                "/work-items/{item}/assign/",
                "/work-items/{item}/transfer/",
                "/work-items/{item}/close/",
            ),
            post("/work-items/{item}/monitor/", good=(302, 303, 409)),
            post(f"{API}/work-items/{{item}}/assign", agent="bob"),
        ),
    ),
)
