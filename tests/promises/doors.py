"""Where a move enters the product: the service, as pages call it, or the API of the web."""

from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import quote
from uuid import UUID

from django.db import OperationalError

from agents.actions.set_presence import set_presence
from agents.models import Agent, Presence, Skill, User
from config.clock import database_now
from config.refusal import Refusal
from routing import service
from tests.promises.client import Client
from workstreams.actions.send_message import send_message
from workstreams.actions.take_in import take_in
from workstreams.models import Queue, Workstream
from workstreams.terms import Author

# Longer than the web waits for a lock, and than the longest fault holds one.
TIMEOUT_SECONDS: Final = 10.0
PATIENCE_SECONDS: Final = 300.0
TOLD: Final = frozenset({403, 404, 409, 422})


class Arrival(NamedTuple):
    """What a customer begins: by its key it is told from all others."""

    key: UUID
    workstream: Workstream
    skills: list[dict[str, Any]]
    customer: dict[str, int]

    @property
    def title(self) -> str:
        return f"Help {self.key}"


class Door(Protocol):
    """What people can do from outside."""

    def arrive(self, new: Arrival) -> str: ...
    def verb(self, verb: str, item_id: int, by: Agent) -> None: ...
    def transfer(self, item_id: int, by: User, to: Queue | Agent) -> None: ...
    def assign(self, item_id: int, by: User, to: Agent, override: bool) -> None: ...
    def force_close(self, item_id: int, by: User) -> None: ...
    def leave(self, item_id: int) -> None: ...
    def say(self, item_id: int, key: UUID, text: str) -> None: ...
    def set_presence(self, agent: Agent, presence: Presence) -> None: ...


class ServiceDoor:
    """Through ``routing.service`` and the actions of the lower apps, in this process."""

    def arrive(self, new: Arrival) -> str:
        """What its customer said first."""
        words = f"Hello {new.key}"
        take_in(
            workstream=new.workstream,
            now=database_now(),
            title=new.title,
            first_message=words,
            skills={_skill(one["skill"]): one.get("rating") for one in new.skills},
            customer=new.customer,
            client_key=new.key,
            conversation_key=new.key,
        )
        return words

    def verb(self, verb: str, item_id: int, by: Agent) -> None:
        getattr(service, verb)(item_id=item_id, by=by)

    def transfer(self, item_id: int, by: User, to: Queue | Agent) -> None:
        if isinstance(to, Queue):
            service.transfer(item_id=item_id, by=by, queue=to)
        else:
            service.transfer(item_id=item_id, by=by, agent=to)

    def assign(self, item_id: int, by: User, to: Agent, override: bool) -> None:
        given = service.assign(item_id=item_id, agent=to, by=by, override=override)
        assert override or not given.is_override, f"passed a limit unasked: item {item_id}"

    def force_close(self, item_id: int, by: User) -> None:
        service.force_close(item_id=item_id, by=by)

    def leave(self, item_id: int) -> None:
        service.leave(item_id=item_id)

    def say(self, item_id: int, key: UUID, text: str) -> None:
        send_message(
            item_id=item_id,
            author=Author.CUSTOMER,
            text=text,
            client_key=key,
            now=database_now(),
        )

    def set_presence(self, agent: Agent, presence: Presence) -> None:
        set_presence(agent=agent, presence=presence, by=agent.user, now=database_now())


def _skill(name: str) -> Skill:
    return Skill.objects.select_related("rating_model").get(name=name)


class Told(Refusal):
    """The API refused: {reason}"""


class WebDoor:
    """Through the API, with everybody's own token; what has no answer is tried again."""

    VERBS: Final = {"reopen": "reopen-session"}

    def __init__(self, address: str, tokens: dict[str, str]) -> None:
        self.clients = {
            name: Client(address, token, timeout=TIMEOUT_SECONDS, patience=PATIENCE_SECONDS)
            for name, token in tokens.items()
        }

    def arrive(self, new: Arrival) -> str:
        """The API takes no first words."""
        body = {
            "workstream": new.workstream.name,
            "title": new.title,
            "skills": new.skills,
            "customer": new.customer,
        }
        self._post("supervisor", "/work-items", body)
        return ""

    def verb(self, verb: str, item_id: int, by: Agent) -> None:
        path = f"/work-items/{item_id}/{self.VERBS.get(verb, verb)}"
        self._post(by.user.username, path, None)

    def transfer(self, item_id: int, by: User, to: Queue | Agent) -> None:
        body = {"queue": to.name} if isinstance(to, Queue) else {"agent": to.user.username}
        self._post(by.username, f"/work-items/{item_id}/transfer", body)

    def assign(self, item_id: int, by: User, to: Agent, override: bool) -> None:
        body = {"agent": to.user.username, "override": override}
        self._post(by.username, f"/work-items/{item_id}/assign", body)

    def force_close(self, item_id: int, by: User) -> None:
        self._post(by.username, f"/work-items/{item_id}/close", None)

    def leave(self, item_id: int) -> None:
        self._post("supervisor", f"/work-items/{item_id}/customer-left", None)

    def say(self, item_id: int, key: UUID, text: str) -> None:
        body = {"text": text, "from": "customer", "client_key": str(key)}
        self._post("supervisor", f"/work-items/{item_id}/messages", body)

    def set_presence(self, agent: Agent, presence: Presence) -> None:
        path = f"/agents/{quote(agent.user.username)}/presence"
        self._send("PUT", agent.user.username, path, {"presence": presence.name})

    def _post(self, username: str, path: str, body: Any) -> None:
        self._send("POST", username, path, body)

    def _send(self, method: str, username: str, path: str, body: Any) -> None:
        client = self.clients[username]
        answer = client.api(method, path, body)
        assert not client.broken, client.broken.pop()
        if answer.status_code in TOLD:
            raise Told(reason=answer.json().get("type"))
        if answer.status_code == 503:
            raise OperationalError(answer.text)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
