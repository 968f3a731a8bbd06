"""Create a person who signs in and handles work."""

from datetime import datetime

from django.db import transaction

from agents.actions.check_username import check_username, refusing_taken_usernames
from agents.actions.edit_agent import check_first_presence, check_locale
from agents.actions.record_event import record_event
from agents.actions.set_presence import hold_presence
from agents.models import Agent, OperatingHours, Presence, User
from agents.terms import Role


@transaction.atomic
def create_agent(
    *,
    username: str,
    by: User | None,
    now: datetime,
    name: str = "",
    role: str = Role.AGENT,
    password: str = "",
    may_change_secure_columns: bool = False,
    capacity_units: int | None = None,
    default_presence: Presence | None = None,
    operating_hours: OperatingHours | None = None,
    nickname: str = "",
    locale: str = "",
    is_enabled: bool = True,
) -> Agent:
    """Create the account and its agent; without a password only single sign-on lets it in.

    Refuses a username somebody has, in whatever case, what is no language, and a default presence
    that only the system sets.
    """
    if default_presence:
        default_presence = hold_presence(default_presence)
    check_locale(locale)
    check_first_presence(default_presence)
    check_username(username)

    user = User(
        username=username,
        role=role,
        is_active=is_enabled or role != Role.AGENT,
        may_change_secure_columns=may_change_secure_columns,
    )
    user.first_name, _, user.last_name = name.strip().partition(" ")
    user.set_password(password or None)
    with refusing_taken_usernames(username):
        user.save()
    agent = Agent.objects.create(
        user=user,
        capacity_units=capacity_units,
        default_presence=default_presence,
        operating_hours=operating_hours,
        nickname=nickname,
        locale=locale,
        is_enabled=is_enabled,
    )

    record_event(kind="agent-created", agent_id=agent.pk, now=now, by=by.username if by else "")
    return agent
