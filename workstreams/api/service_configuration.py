"""/service-configuration: the switches of the whole service."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from ninja import Router
from typing_extensions import TypedDict

from agents.models import User
from config.api.auth import CONFIGURERS, READERS
from config.api.schema import Body, Flag, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from workstreams.actions.save_auto_close import save_auto_close
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.auto_close import MAXIMUM_MINUTES, Times
from workstreams.models import ServiceConfiguration
from workstreams.queries.auto_close_times import auto_close_times
from workstreams.queries.service_configuration import service_configuration
from workstreams.switches import DECLINES, SEARCH_SECONDS
from workstreams.terms import AgentReach, AutoCloseChannel, ItemState, QueueReach

AutoCloseState = Literal[ItemState.OPEN, ItemState.ACTIVE, ItemState.WRAP_UP]
Minutes = Annotated[int, number(1, MAXIMUM_MINUTES)]
Seconds = Annotated[int, number(*SEARCH_SECONDS)]
PresenceName = Annotated[str, text_of(100)]
Description = Annotated[str, text_of(500)]

router = Router(auth=READERS, tags=["workstreams"])


class ServiceChanges(Body):
    """Switches to change; ``routes_records`` stays on once it is on. ``auto_close`` changes the
    times that it names, in minutes by channel and state; null means never.
    ``..._search_seconds`` says how long a queue is asked for advice; null leaves that to the
    notification template. ``..._presence_...`` is how the presence after a refused offer is called
    and described; empty, it has its own name."""

    routes_records: Flag = optional()
    personal_quick_replies: Flag = optional()
    preferred_agents: Flag = optional()
    waits_for_preferred_agent: Flag = optional()
    inactive_after_missed: Flag = optional()
    undisturbed_after_declined: Flag = optional()
    agents_change_skills: Flag = optional()
    agent_consults_hold_capacity: Flag = optional()
    queue_consults_hold_capacity: Flag = optional()
    transfers_to_agents: Flag = optional()
    asks_queues: Flag = optional()
    supervisors_monitor: Flag = optional()
    supervisors_assign: Flag = optional()
    supervisors_transfer: Flag = optional()
    supervisors_force_close: Flag = optional()
    missed_presence_name: PresenceName = optional()
    missed_presence_description: Description = optional()
    declined_presence_name: PresenceName = optional()
    declined_presence_description: Description = optional()
    transfer_queues: QueueReach = optional()
    transfer_agents: AgentReach = optional()
    consult_queues: QueueReach = optional()
    consult_agents: AgentReach = optional()
    messaging_search_seconds: Seconds | None = optional()
    voice_search_seconds: Seconds | None = optional()
    reviews_before_publishing: Flag = optional()
    maximum_declines: Annotated[int, number(*DECLINES)] = optional()
    auto_close: dict[AutoCloseChannel, dict[AutoCloseState, Minutes | None]] = optional()
    revision: Annotated[int, number(1, 2**31 - 1)] = optional()


class ServiceDocument(TypedDict):
    """The switches."""

    routes_records: bool
    personal_quick_replies: bool
    preferred_agents: bool
    waits_for_preferred_agent: bool
    inactive_after_missed: bool
    undisturbed_after_declined: bool
    agents_change_skills: bool
    agent_consults_hold_capacity: bool
    queue_consults_hold_capacity: bool
    transfers_to_agents: bool
    asks_queues: bool
    supervisors_monitor: bool
    supervisors_assign: bool
    supervisors_transfer: bool
    supervisors_force_close: bool
    missed_presence_name: str
    missed_presence_description: str
    declined_presence_name: str
    declined_presence_description: str
    transfer_queues: str
    transfer_agents: str
    consult_queues: str
    consult_agents: str
    messaging_search_seconds: int | None
    voice_search_seconds: int | None
    reviews_before_publishing: bool
    maximum_declines: int
    auto_close: dict[str, dict[str, int | None]]
    revision: int


@router.get("/service-configuration", response=ServiceDocument, summary="Show the switches")
def show_service_configuration(request: AppRequest) -> ServiceDocument:
    return _document(service_configuration())


@router.patch(
    "/service-configuration",
    auth=CONFIGURERS,
    response=ServiceDocument,
    summary="Change the switches",
)
def change_service_configuration(request: AppRequest, body: ServiceChanges) -> ServiceDocument:
    changes = body.given()
    service = service_configuration()
    if changes:
        service = _change(by=request.user, now=database_now(), **changes)
    return _document(service)


@transaction.atomic
def _change(
    *,
    by: User,
    now: datetime,
    revision: int | None = None,
    auto_close: Times | None = None,
    **switches: Any,
) -> ServiceConfiguration:
    """Switches and times are two actions, and one change."""
    service = service_configuration()
    if switches or auto_close is None:
        service = save_service_configuration(by=by, now=now, revision=revision, **switches)
        revision = None
    if auto_close is not None:
        service = save_auto_close(times=auto_close, by=by, now=now, revision=revision)
    return service


def _document(service: ServiceConfiguration) -> ServiceDocument:
    return ServiceDocument(
        routes_records=service.record_routing_enabled_at is not None,
        personal_quick_replies=service.personal_quick_replies,
        preferred_agents=service.preferred_agents,
        waits_for_preferred_agent=service.waits_for_preferred_agent,
        inactive_after_missed=service.inactive_after_missed,
        undisturbed_after_declined=service.undisturbed_after_declined,
        agents_change_skills=service.agents_change_skills,
        agent_consults_hold_capacity=service.agent_consults_hold_capacity,
        queue_consults_hold_capacity=service.queue_consults_hold_capacity,
        transfers_to_agents=service.transfers_to_agents,
        asks_queues=service.asks_queues,
        supervisors_monitor=service.supervisors_monitor,
        supervisors_assign=service.supervisors_assign,
        supervisors_transfer=service.supervisors_transfer,
        supervisors_force_close=service.supervisors_force_close,
        missed_presence_name=service.missed_presence_name,
        missed_presence_description=service.missed_presence_description,
        declined_presence_name=service.declined_presence_name,
        declined_presence_description=service.declined_presence_description,
        transfer_queues=service.transfer_queues,
        transfer_agents=service.transfer_agents,
        consult_queues=service.consult_queues,
        consult_agents=service.consult_agents,
        messaging_search_seconds=service.messaging_search_seconds,
        voice_search_seconds=service.voice_search_seconds,
        reviews_before_publishing=service.reviews_before_publishing,
        maximum_declines=service.maximum_declines,
        auto_close=auto_close_times(),
        revision=service.revision,
    )
