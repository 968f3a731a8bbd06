"""Begin a chat, as long as one visitor, or all together, do not begin too many."""

import ipaddress
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from workstreams.channels.contract import InboundMessage
from workstreams.channels.exceptions import TooManyChats
from workstreams.channels.receive import find_conversation, receive
from workstreams.models import ChannelInstance, ChatStart, WorkItem
from workstreams.terms import ItemState, Reason

STARTS_OF_ADDRESS: Final = 10
STARTS_WITHIN: Final = timedelta(minutes=10)
UNANSWERED_CHATS: Final = 500
# Internet providers give a customer at least a whole network of this size.
IPV6_PREFIX: Final = 64
UNANSWERED: Final = (Reason.AWAITING_AGENT_ASSIGNMENT, Reason.AWAITING_AGENT_ACCEPTANCE)


def begin_chat(
    *, instance: ChannelInstance, message: InboundMessage, address: str, now: datetime
) -> WorkItem:
    """Take the first message in; one that is known already changes nothing.

    Refuses TooManyChats, and what ``receive`` refuses. Starts at the same instant may
    each miss the others: the limits hold floods off, they are no exact number.
    """
    if find_conversation(instance=instance, message=message) is not None:
        return receive(instance=instance, message=message, now=now)
    network = _network(address)
    with transaction.atomic():
        _check(instance, network, now)
        ChatStart.objects.create(instance=instance, address_digest=_digest(network), at=now)
        return receive(instance=instance, message=message, now=now)


def _check(instance: ChannelInstance, network: str, now: datetime) -> None:
    """One query, in the database, so that all processes count together."""
    starts = ChatStart.objects.filter(
        instance=OuterRef("pk"), address_digest=_digest(network), at__gt=now - STARTS_WITHIN
    )
    unanswered = WorkItem.objects.filter(
        channel_instance=OuterRef("pk"),
        state__in=(ItemState.OPEN, ItemState.ACTIVE),
        reason__in=UNANSWERED,
    )
    counts = ChannelInstance.objects.filter(pk=instance.pk).values_list(
        _count_of(starts, "instance"), _count_of(unanswered, "channel_instance")
    )
    begun, waiting = counts.get()
    # A proxy on this machine that names no addresses would make all visitors one.
    if (begun or 0) >= STARTS_OF_ADDRESS and not _is_this_machine(network):
        raise TooManyChats
    if (waiting or 0) >= UNANSWERED_CHATS:
        raise TooManyChats


def _count_of(rows: "QuerySet[Any]", group: str) -> Subquery:
    return Subquery(rows.order_by().values(group).values_list(Count("pk")))


def _network(address: str) -> str:
    """What belongs to one customer: an IPv4 address, or a network of IPv6 addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    if found.is_loopback:
        return str(found)
    return str(ipaddress.ip_network((found, IPV6_PREFIX), strict=False))


def _is_this_machine(network: str) -> bool:
    return network.startswith("127.") or network == "::1"


def _digest(network: str) -> str:
    """Nobody reads addresses from the table, not even by trying all of them."""
    return salted_hmac("chat-start", network, algorithm="sha256").hexdigest()
