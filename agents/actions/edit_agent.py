"""Change who an agent is and how much work the agent gets."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from agents.actions.announce_capacity import announce_capacity
from agents.actions.check_username import check_username, refusing_taken_usernames
from agents.actions.lock_agent import lock_agent
from agents.actions.record_event import record_event
from agents.actions.set_presence import hold_presence
from agents.actions.sign_out_agent import sign_out_agent
from agents.exceptions import (
    LastAdministrator,
    NamedInRules,
    PresenceNotSelectable,
    UnknownLocale,
)
from agents.models import Agent, OperatingHours, Presence, User
from agents.signals import attributes_changed
from agents.terms import Role
from config.locales import is_locale
from config.models import ApiToken

ROUTED_FIELDS = ("capacity_units", "is_enabled", "operating_hours")
# What else rules of assignment methods may ask for.
ASKED_FIELDS = ("username", "name", "role", "nickname", "locale")
USER_FIELDS = ("username", "role", "may_change_secure_columns")
AGENT_FIELDS = (
    "capacity_units",
    "default_presence",
    "operating_hours",
    "nickname",
    "locale",
    "is_enabled",
)


class AgentChanges(TypedDict, total=False):
    """What may change; a field left out stays as it is. ``password`` is never read back."""

    username: str
    name: str
    role: str
    password: str
    may_change_secure_columns: bool
    capacity_units: int | None
    default_presence: Presence | None
    operating_hours: OperatingHours | None
    nickname: str
    locale: str
    is_enabled: bool


# Answers which rules say a username, which upper apps know.
RulesSaying = Callable[[str], Sequence[str]]


def said_by_nothing(username: str) -> Sequence[str]:
    """Where no rules are."""
    return ()


@transaction.atomic
def edit_agent(
    *,
    agent: Agent,
    by: User | None,
    now: datetime,
    rules_saying: RulesSaying = said_by_nothing,
    **changes: Unpack[AgentChanges],
) -> Agent:
    """Change the given fields.

    Refuses a username somebody else has, another one while rules compare with the present one, what
    is no language, a default presence that only the system sets, and taking away the last
    administrator's role. A new password, and disabling, take the person's API tokens back.
    Work an agent holds stays when the agent is disabled; live chats go on to others soon (A 17).
    """
    if first := changes.get("default_presence"):
        changes["default_presence"] = hold_presence(first)
    agent = lock_agent(agent, to_change=changes)
    user = agent.user
    check_locale(changes.get("locale", ""))
    changed = [name for name in changes if _differs(agent, user, name, changes)]
    if not changed:
        return agent

    if "username" in changed:
        check_username(changes["username"], of=user)
        _check_unsaid(user.username, changes["username"], rules_saying)
    if "default_presence" in changed:
        check_first_presence(changes["default_presence"])
    if "role" in changed:
        check_administrators_remain(without=user)

    _change_user(user, changes, changed, is_enabled=changes.get("is_enabled", agent.is_enabled))
    for name in AGENT_FIELDS:
        if name in changed:
            setattr(agent, name, changes[name])  # type: ignore[literal-required]  # AGENT_FIELDS
    agent.save()

    name = by.username if by else ""
    record_event(kind="agent-changed", agent_id=agent.pk, now=now, fields=sorted(changed), by=name)
    if set(changed) & set(ROUTED_FIELDS):
        # Locks the load, which comes before the presence.
        announce_capacity(sender=Agent, agent_ids=[agent.pk], now=now)
    if "is_enabled" in changed and not agent.is_enabled:
        sign_out_agent(agent=agent, now=now)
    if set(changed) & set(ASKED_FIELDS):
        attributes_changed.send(sender=Agent, agent_ids=[agent.pk], now=now)
    return agent


def check_locale(locale: str) -> None:
    """Refuse what is no language; none is fine."""
    if locale and not is_locale(locale):
        raise UnknownLocale


def check_first_presence(presence: Presence | None) -> None:
    """Refuse one that only the system sets: it would last until the agent's first choice."""
    if presence is not None and not presence.agents_may_set:
        raise PresenceNotSelectable


def check_administrators_remain(*, without: User) -> None:
    """Refuses when nobody else could configure the organisation any more."""
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=without.pk)
    if without.is_administrator and not others.exists():
        raise LastAdministrator


def _differs(agent: Agent, user: User, name: str, changes: AgentChanges) -> bool:
    value = changes[name]  # type: ignore[literal-required]  # a name of this very dictionary
    if name == "password":
        return bool(value)
    if name == "name":
        return user.get_full_name() != str(value).strip()
    return bool(getattr(user if name in USER_FIELDS else agent, name) != value)


def _check_unsaid(before: str, after: str, rules_saying: RulesSaying) -> None:
    """Case does not count in rules."""
    if before.lower() != after.lower() and (rules := rules_saying(before)):
        raise NamedInRules(name=before, rules=", ".join(rules))


def _change_user(
    user: User, changes: AgentChanges, changed: list[str], *, is_enabled: bool
) -> None:
    if "username" in changed:
        user.username = changes["username"]
        # Nobody else has the new one.
        user.shares_username = False
    user.role = changes.get("role", user.role)
    user.may_change_secure_columns = changes.get(
        "may_change_secure_columns", user.may_change_secure_columns
    )
    if "name" in changed:
        user.first_name, _, user.last_name = changes["name"].strip().partition(" ")
    if "password" in changed:
        user.set_password(changes["password"])
    # A disabled agent has nothing to sign in for; other roles keep their pages.
    user.is_active = is_enabled or user.role != Role.AGENT
    with refusing_taken_usernames(user.username):
        user.save()
    is_disabled_now = not is_enabled and ("is_enabled" in changed or not user.is_active)
    if "password" in changed or is_disabled_now:
        ApiToken.take_back(user)
