"""/workstreams/{id}/channel-instances: the ways in to a workstream."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Query, Router, Status
from typing_extensions import TypedDict

from agents.models import OperatingHours
from config.api.auth import CONFIGURERS, READERS
from config.api.lists import PageOf, PageQuery, page_of
from config.api.named_rows import named
from config.api.problems import Invalid
from config.api.schema import Body, Flag, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.queries.published_names import published_rules_of_instance
from workstreams.actions.create_channel_instance import create_channel_instance
from workstreams.actions.delete_channel_instance import delete_channel_instance
from workstreams.actions.edit_channel_instance import edit_channel_instance
from workstreams.channels.accounts import ACCOUNTS
from workstreams.models import ChannelInstance, Workstream
from workstreams.models.channel_instance import MOST_RECONNECT_MINUTES

router = Router(auth=READERS, tags=["workstreams"])

WAITS = ("tells_wait", "tells_position", "tells_average_wait")
PLAIN = (
    "name",
    "slug",
    "greeting",
    "locale",
    "agent_name",
    "when_closed",
    "is_enabled",
    *WAITS,
    "reconnect_minutes",
    "portal_url",
    "redirect_url",
    "revision",
)
Account = Annotated[str, text_of(100)]


class ChannelInstanceChanges(Body):
    """What to change; ``account`` is the number, page or account with the provider.

    With a ``revision`` the change is refused when somebody else saved meanwhile.
    """

    name: Name = optional()
    slug: Annotated[str, text_of(60)] = optional()
    account: Account = optional()
    greeting: Annotated[str, text_of(500)] = optional()
    allowed_origins: list[Annotated[str, text_of(300)]] = optional(max_length=100)
    locale: Annotated[str, text_of(10)] = optional()
    agent_name: Literal["full_name", "first_name", "last_name", "nickname"] = optional()
    operating_hours: Name | None = optional()
    when_closed: Literal["shown", "hidden"] = optional()
    is_enabled: Flag = optional()
    tells_wait: Flag = optional()
    tells_position: Flag = optional()
    tells_average_wait: Flag = optional()
    reconnect_minutes: Annotated[int, number(1, MOST_RECONNECT_MINUTES)] | None = optional()
    portal_url: Annotated[str, text_of(300)] = optional()
    redirect_url: Annotated[str, text_of(300)] = optional()
    revision: Annotated[int, number(1, 2**31 - 1)] = optional()


class ChannelInstanceIn(ChannelInstanceChanges):
    """A new way in; its address comes from the name unless ``slug`` is given."""

    name: Name


class ChannelInstanceDocument(TypedDict):
    """A way in; ``slug`` is what work items name as ``channel_instance``."""

    id: int
    name: str
    slug: str
    account: str | None
    greeting: str
    allowed_origins: list[str]
    locale: str
    agent_name: str
    operating_hours: str | None
    when_closed: str
    is_enabled: bool
    tells_wait: bool
    tells_position: bool
    tells_average_wait: bool
    reconnect_minutes: int | None
    portal_url: str
    redirect_url: str
    revision: int


@router.get(
    "/workstreams/{int:workstream_id}/channel-instances",
    response=PageOf[ChannelInstanceDocument],
    summary="List the channel instances of a workstream",
)
def list_channel_instances(
    request: AppRequest, workstream_id: int, page: Query[PageQuery]
) -> PageOf[ChannelInstanceDocument]:
    rows = _rows().filter(workstream=_workstream(workstream_id))
    return page_of(rows, page, _documents)


@router.post(
    "/workstreams/{int:workstream_id}/channel-instances",
    auth=CONFIGURERS,
    response={201: ChannelInstanceDocument},
    summary="Open a way in",
)
def create_a_channel_instance(
    request: AppRequest, workstream_id: int, body: ChannelInstanceIn
) -> Status[ChannelInstanceDocument]:
    workstream = _workstream(workstream_id)
    settings = _settings(body.given(), workstream)
    settings.pop("revision", None)
    instance = create_channel_instance(
        workstream=workstream, by=request.user, now=database_now(), **settings
    )
    return Status(201, _document(_load(workstream_id, instance.pk)))


@router.get(
    "/workstreams/{int:workstream_id}/channel-instances/{int:channel_instance_id}",
    response=ChannelInstanceDocument,
    summary="Show a channel instance",
)
def show_channel_instance(
    request: AppRequest, workstream_id: int, channel_instance_id: int
) -> ChannelInstanceDocument:
    return _document(_load(workstream_id, channel_instance_id))


@router.patch(
    "/workstreams/{int:workstream_id}/channel-instances/{int:channel_instance_id}",
    auth=CONFIGURERS,
    response=ChannelInstanceDocument,
    summary="Change a channel instance",
)
def change_channel_instance(
    request: AppRequest, workstream_id: int, channel_instance_id: int, body: ChannelInstanceChanges
) -> ChannelInstanceDocument:
    instance = _load(workstream_id, channel_instance_id)
    settings = _settings(body.given(), instance.workstream)
    if settings:
        edit_channel_instance(
            instance=instance,
            by=request.user,
            now=database_now(),
            published=published_rules_of_instance,
            **settings,
        )
    return _document(_load(workstream_id, channel_instance_id))


@router.delete(
    "/workstreams/{int:workstream_id}/channel-instances/{int:channel_instance_id}",
    auth=CONFIGURERS,
    response={204: None},
    summary="Close a way in that no unfinished work came by",
)
def delete_a_channel_instance(
    request: AppRequest, workstream_id: int, channel_instance_id: int
) -> Status[None]:
    instance = _load(workstream_id, channel_instance_id)
    delete_channel_instance(
        instance=instance,
        by=request.user,
        now=database_now(),
        published=published_rules_of_instance,
    )
    return Status(204, None)


def _settings(values: dict[str, Any], workstream: Workstream) -> dict[str, Any]:
    """The sent fields under the names of the actions, with rows instead of names."""
    settings = {name: values[name] for name in PLAIN if name in values}
    if "allowed_origins" in values:
        origins = (origin.rstrip("/").lower() for origin in values["allowed_origins"])
        settings["allowed_origins"] = list(dict.fromkeys(origins))
    if "operating_hours" in values:
        name = values["operating_hours"]
        settings["operating_hours"] = named(OperatingHours, "operating_hours", name)
    if "account" in values:
        account = ACCOUNTS.get(workstream.channel)
        if account is None:
            raise Invalid("account", "This channel has no account with a provider.")
        settings["settings"] = {account.key: values["account"]}
    return settings


def _workstream(workstream_id: int) -> Workstream:
    workstream = Workstream.objects.filter(pk=workstream_id).first()
    if workstream is None:
        raise Http404
    return workstream


def _rows() -> Any:
    return ChannelInstance.objects.select_related("workstream", "operating_hours")


def _load(workstream_id: int, channel_instance_id: int) -> ChannelInstance:
    rows = _rows().filter(workstream__deleted_at=None, workstream_id=workstream_id)
    instance: ChannelInstance | None = rows.filter(pk=channel_instance_id).first()
    if instance is None:
        raise Http404
    return instance


def _documents(instances: Sequence[ChannelInstance]) -> list[ChannelInstanceDocument]:
    return [_document(instance) for instance in instances]


def _document(instance: ChannelInstance) -> ChannelInstanceDocument:
    account = ACCOUNTS.get(instance.workstream.channel)
    return ChannelInstanceDocument(
        id=instance.pk,
        name=instance.name,
        slug=instance.slug,
        account=str(instance.settings.get(account.key, "")) if account else None,
        greeting=instance.greeting,
        allowed_origins=instance.allowed_origins,
        locale=instance.locale,
        agent_name=instance.agent_name,
        operating_hours=instance.operating_hours.name if instance.operating_hours else None,
        when_closed=instance.when_closed,
        is_enabled=instance.is_enabled,
        tells_wait=instance.tells_wait,
        tells_position=instance.tells_position,
        tells_average_wait=instance.tells_average_wait,
        reconnect_minutes=instance.reconnect_minutes,
        portal_url=instance.portal_url,
        redirect_url=instance.redirect_url,
        revision=instance.revision,
    )
