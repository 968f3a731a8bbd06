"""Who is there before every story, and what they have: a shop with a chat, and calls back.

Ada configures, Sven watches, Alice and Bob answer. Alice has room for one conversation, Bob
for three. Nobody is available until a story says so.
"""

from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher

from agents.actions.set_presence import set_presence
from agents.models import Agent, AgentPresence, AgentWindow, Presence, User
from agents.terms import BasePresence, Role
from config.clock import database_now
from routing import configuration
from tests.factories import make_agent, make_chat_widget, make_queue, make_user, make_workstream
from workstreams.actions.set_agent_queues import set_agent_queues
from workstreams.actions.take_in import take_in
from workstreams.models import NotificationTemplate, Queue, WorkItem, Workstream

PASSWORD: Final = "correct horse battery"
PEOPLE: Final = ("ada", "sven", "alice", "bob")
CHAT: Final = "/chat/shop/"
CALLS: Final = "Calls back"


def arrive() -> None:
    """Store everybody and everything, and publish it."""
    make_user("ada", Role.ADMINISTRATOR)
    make_user("sven", Role.SUPERVISOR)
    support, vip = make_queue("Support"), make_queue("VIP")
    make_agent("alice", units=1, presence=BasePresence.OFFLINE, queues=[support])
    make_agent("bob", units=3, presence=BasePresence.OFFLINE, queues=[support, vip])
    shop = make_workstream("Shop chat", queue=support)
    make_chat_widget(shop, "shop", name="Shop", greeting="Welcome to the shop.")
    make_workstream(CALLS, queue=support, mode="pick", channel="custom")
    # None runs out while a story goes on, however slow the machine is.
    NotificationTemplate.objects.update(countdown_seconds=3600)
    _name_everybody()
    configuration.publish(by=None, now=database_now(), note="The shop opens.")


def leave() -> None:
    """Signing in made agents available; a story decides itself who is, and who is there."""
    AgentWindow.objects.all().delete()
    offline = Presence.objects.get(name=BasePresence.OFFLINE)
    AgentPresence.objects.update(
        presence=offline, base=offline.base, is_manual=False, before=None, left_at=None
    )


def becomes_available(username: str) -> None:
    """The agent is there, without a window of the agent's own."""
    _set_presence(username, BasePresence.AVAILABLE)


def goes_away(username: str) -> None:
    """The agent keeps what is in hand, and gets nothing new."""
    _set_presence(username, BasePresence.AWAY)


def asks_to_be_called(name: str, title: str) -> WorkItem:
    """A customer's wish to be called back waits to be picked."""
    calls = Workstream.objects.get(name=CALLS)
    return take_in(workstream=calls, title=title, customer={"name": name}, now=database_now())


def serves(username: str, *queues: str) -> None:
    """These queues from now on, and no other."""
    set_agent_queues(
        agent=Agent.objects.get(user__username=username),
        queues=list(Queue.objects.filter(name__in=queues)),
        by=User.objects.get(username="ada"),
        now=database_now(),
    )


def _name_everybody() -> None:
    """First names, and passwords as production stores them."""
    hasher = Argon2PasswordHasher()
    for user in User.objects.filter(username__in=PEOPLE):
        user.first_name = user.username.capitalize()
        user.password = hasher.encode(PASSWORD, hasher.salt())
        user.save()


def _set_presence(username: str, base: BasePresence) -> None:
    agent = Agent.objects.get(user__username=username)
    presence = Presence.objects.get(name=base)
    set_presence(agent=agent, presence=presence, by=agent.user, now=database_now())
