"""The smallest valid rows, for tests; dependent fields are derived."""

from tests.factories.agents import (
    make_agent,
    make_attribute,
    make_profile,
    make_skill,
    make_user,
    share_a_username,
)
from tests.factories.records import make_intake_rule, make_record
from tests.factories.templates import make_notification_template, make_session_template
from tests.factories.work import make_chat_widget, make_item
from tests.factories.workstreams import (
    make_intake,
    make_method,
    make_overflow,
    make_queue,
    make_route,
    make_workstream,
)

__all__ = [
    "make_agent",
    "make_attribute",
    "make_chat_widget",
    "make_intake",
    "make_intake_rule",
    "make_item",
    "make_method",
    "make_notification_template",
    "make_overflow",
    "make_profile",
    "make_queue",
    "make_record",
    "make_route",
    "make_session_template",
    "make_skill",
    "make_user",
    "make_workstream",
    "share_a_username",
]
