"""Who may do what: decorators of views and checks behind buttons."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from agents.models import Agent, User
from config.prepared import Prepared
from config.request import AppRequest

OWN: Final = Prepared(
    lambda user_id: (
        Agent.objects.select_related("user").filter(user_id=user_id, is_enabled=True).order_by()
    ),
    "user_id",
)
AnyUser = User | AnonymousUser
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[AppRequest, P], R]

ADMINISTRATORS_ONLY = "Only administrators may change the configuration."
CONFIGURERS_ONLY = (
    "Only administrators, and people with the permission to change secure columns, may change"
    " workstreams."
)
SUPERVISORS_ONLY = "Only supervisors and administrators may see this."
STAFFING_ONLY = (
    "Only supervisors and administrators may change how much work agents get, and where they serve."
)
REST_OF_A_PERSON = "Of an agent, supervisors change only capacity, presence and queues"
# What supervisors change of a person (B 13.1), under the names of forms and API.
STAFFING: Final = frozenset(
    {
        "presence",
        "default_presence",
        "capacity_units",
        "capacity_profiles",
        "capacity_profiles_removed",
        "queues",
        "queues_joined",
        "queues_left",
    }
)
AGENTS_ONLY = "Only agents have a desk. Ask an administrator to make you one."


def is_administrator(user: Any) -> bool:
    """May change configuration."""
    return isinstance(user, User) and user.is_administrator


def is_supervisor(user: Any) -> bool:
    """May watch and steer all queues; reads configuration."""
    return isinstance(user, User) and user.is_supervisor


def may_configure(user: Any) -> bool:
    """May change workstreams and all that belongs to them, secrets too: administrators, and
    those who may read and change secure columns (B 13.3)."""
    return isinstance(user, User) and user.may_configure


def may_read_configuration(user: Any) -> bool:
    """May look at workstreams: supervisors, and whoever may change them."""
    return isinstance(user, User) and user.may_read_configuration


def check_staffing(user: Any, names: Iterable[str]) -> None:
    """403 for what only administrators change of a person, by its names."""
    foreign = sorted(set(names) - STAFFING)
    if foreign and not is_administrator(user):
        raise PermissionDenied(f"{REST_OF_A_PERSON}, not: {', '.join(foreign)}.")


def agent_of(user: Any) -> Agent | None:
    """The enabled agent that this user is, if any."""
    if not isinstance(user, User):
        return None
    return OWN.first(user_id=user.pk)


def get_own_agent(user: Any) -> Agent:
    """The user's own agent; 403 with a sentence for people who are none."""
    agent = agent_of(user)
    if agent is None:
        raise PermissionDenied(AGENTS_ONLY)
    return agent


def administrator_required(view: "View[P, R]") -> "View[P, R]":
    """Lets administrators in and tells others why not."""
    return _requires(is_administrator, ADMINISTRATORS_ONLY, view)


def supervisor_required(view: "View[P, R]") -> "View[P, R]":
    """Lets supervisors and administrators in and tells others why not."""
    return _requires(is_supervisor, SUPERVISORS_ONLY, view)


def staffing_required(view: "View[P, R]") -> "View[P, R]":
    """Lets supervisors and administrators in and tells others why not."""
    return _requires(is_supervisor, STAFFING_ONLY, view)


def members_required(view: "View[P, R]") -> "View[P, R]":
    """Lets those in who may change who serves a queue: supervisors, and whoever configures it."""
    return _requires(may_read_configuration, STAFFING_ONLY, view)


def configurer_required(view: "View[P, R]") -> "View[P, R]":
    """Lets those in who may change workstreams, and tells others why not."""
    return _requires(may_configure, CONFIGURERS_ONLY, view)


def reader_required(view: "View[P, R]") -> "View[P, R]":
    """Lets those in who may look at workstreams, and tells others why not."""
    return _requires(may_read_configuration, SUPERVISORS_ONLY, view)


def agent_required(view: "View[P, R]") -> "View[P, R]":
    """Lets enabled agents in and tells others why not."""
    return _requires(lambda user: agent_of(user) is not None, AGENTS_ONLY, view)


def _requires(may: Callable[[Any], bool], sentence: str, view: "View[P, R]") -> "View[P, R]":
    @wraps(view)
    def guarded(request: AppRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not may(request.user):
            raise PermissionDenied(sentence)
        return view(request, *args, **kwargs)

    return guarded
