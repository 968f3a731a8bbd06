"""What breaks each promise that the checker looks for, behind the product's back."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from agents.models import Agent
from tests.project.talks import in_talk, in_talk_by_profile, in_talk_with_advice, in_talk_with_bot
from workstreams.models import WorkItem, Workstream

ITEM: Final = "UPDATE workstreams_workitem SET"
RECEIPT: Final = "UPDATE routing_assignment SET"
GONE: Final = "UPDATE workstreams_queue SET deleted_at = now()"
TOLD: Final = """
    INSERT INTO config_event (kind, state, reason, work_item_id, queue_id, agent_id)
    SELECT told.kind, told.state, 'again', item.id, item.queue_id, item.agent_id
    FROM workstreams_workitem AS item, (VALUES {}) AS told (kind, state)
"""
TOLD_LATER: Final = """
    INSERT INTO config_event (kind, state, reason, work_item_id, queue_id, agent_id, at)
    SELECT 'again', state, reason, id, queue_id, agent_id, now() + interval '{}'
    FROM workstreams_workitem
"""
SPOKEN: Final = """
    INSERT INTO config_event (kind, state, reason, work_item_id, queue_id, agent_id, data)
    SELECT 'message-added', state, reason, id, queue_id, agent_id, '{"author": "bot"}'
    FROM workstreams_workitem
"""
GONE_FOR_LONG: Final = """
    INSERT INTO config_event (kind, agent_id, at, data) SELECT 'presence-changed', agent_id,
        now() - interval '5 minutes', '{"base": "offline"}' FROM workstreams_workitem;
    INSERT INTO config_event (kind, work_item_id, agent_id, state, data) SELECT 'offer-made', id,
        agent_id, 'active', '{"how": "push"}' FROM workstreams_workitem
"""
SAYS: Final = "UPDATE routing_routingdecision SET document = document || {}"
BY_AN_AGENT: Final = SAYS.format(
    "jsonb_build_object('by', (SELECT min(username) FROM agents_user WHERE role = 'agent'))"
)
WITHIN: Final = SAYS.format(
    """'{"excess": [{"capacity": "Units", "limit": 3, "before": 0, "after": 1}]}'::jsonb"""
)
WITH_NOBODY: Final = f"""
    ALTER TABLE workstreams_workitem DROP CONSTRAINT workstreams_workitem_agent_fits_state;
    {ITEM} agent_id = NULL;
    {RECEIPT} ended_at = now(), capacity_released_at = now()
"""
SUPERSEDED: Final = """
    INSERT INTO routing_configurationversion (number, by, at, note)
    SELECT max(number) + 1, '', now() - interval '1 hour', '' FROM routing_configurationversion
"""
# What the database itself refuses is broken behind its back.
TWICE: Final = """
    DROP INDEX routing_assignment_one_open;
    CREATE TEMP TABLE second ON COMMIT DROP AS SELECT * FROM routing_assignment;
    UPDATE second SET id = id + 1000;
    INSERT INTO routing_assignment SELECT * FROM second
"""
# An override came before it.
FORCED: Final = """
    CREATE TEMP TABLE earlier ON COMMIT DROP AS SELECT * FROM routing_assignment;
    UPDATE earlier
    SET id = id - 1000, how = 'pick', is_override = true, units = 1000, ended_at = now();
    INSERT INTO routing_assignment SELECT * FROM earlier
"""

Prepare = Callable[[Workstream, Agent, datetime], WorkItem]
# The promise, by its whole sentence; what breaks it, and in which situation.
BREAKS: Final[tuple[tuple[str, str, Prepare], ...]] = (
    ("I2: an item has two open assignments", TWICE, in_talk),
    (
        "I2: an item was taken up again before it was given up",
        TOLD.format("('work-item-picked', 'active')"),
        in_talk,
    ),
    (
        "I2: acceptances and accepted receipts differ in number",
        TOLD.format("('work-item-picked', 'active')"),
        in_talk,
    ),
    (
        "I2: acceptances and accepted receipts differ in number",
        f"{RECEIPT} outcome = 'pending', decided_at = NULL",
        in_talk,
    ),
    (
        "I2: offers made, declined and missed are others than those told of",
        TOLD.format("('offer-declined', 'active')"),
        in_talk,
    ),
    (
        "I2: offers made, declined and missed are others than those told of",
        "DELETE FROM routing_assignment",
        in_talk,
    ),
    (
        "I3: an agent's load is not the sum of the receipts",
        "UPDATE routing_agentload SET units_used = units_used + 1",
        in_talk,
    ),
    (
        "I3: an agent's load is not the sum of the receipts",
        f"{RECEIPT} capacity_released_at = now()",
        in_talk,
    ),
    (
        "I3: an agent's sessions are not his open work and the advice that he is held for",
        "UPDATE routing_agentload SET items_held = items_held + 1",
        in_talk,
    ),
    (
        "I3: a profile's load is not the number of its receipts",
        "UPDATE routing_profileload SET used = 0",
        in_talk_by_profile,
    ),
    (
        "I3: an agent is over the limit without an override",
        "UPDATE agents_agent SET capacity_units = 0",
        in_talk,
    ),
    (
        "I3: work was pushed to an agent who had no room beside all that he held",
        f"{RECEIPT} how = 'push'; {FORCED}",
        in_talk,
    ),
    (
        "I3: an agent is over a profile's limit without an override",
        "UPDATE agents_capacityprofile SET work_item_limit = 0",
        in_talk_by_profile,
    ),
    (
        "I3: work was pushed to an agent who had no room by a profile beside all that he held",
        f"{RECEIPT} how = 'push'; {FORCED}",
        in_talk_by_profile,
    ),
    (
        "I3: a person's override does not say which limit it passes",
        f"{RECEIPT} how = 'supervisor', is_override = true",
        in_talk,
    ),
    ("I3: an override names a limit that it does not pass", WITHIN, in_talk),
    (
        "I3: an agent passed another's limit",
        f"{RECEIPT} how = 'transfer', is_override = true; {BY_AN_AGENT}",
        in_talk,
    ),
    (
        "I4: an open, waiting or closed item is still assigned",
        f"{ITEM} state = 'waiting'",
        in_talk,
    ),
    (
        "I4: an active item or one in wrap-up is not assigned to its agent",
        f"{RECEIPT} ended_at = now()",
        in_talk,
    ),
    (
        "I4: an active item or one in wrap-up is not assigned to its agent",
        WITH_NOBODY,
        in_talk,
    ),
    ("I4: a bot spoke in a conversation that it did not have", SPOKEN, in_talk),
    (
        "I4: a bot gave a conversation away more often than it got it",
        TOLD.format("('bot-escalated', 'active'), ('bot-ended', 'closed')"),
        in_talk_with_bot,
    ),
    (
        "I4: with a bot and in a bot's conversation do not go together",
        "UPDATE workstreams_botconversation SET outcome = 'left', ended_at = now()",
        in_talk_with_bot,
    ),
    (
        "I4: with a bot and in a bot's conversation do not go together",
        f"{ITEM} bot_id = NULL, state = 'open', reason = 'awaiting_agent_assignment'",
        in_talk_with_bot,
    ),
    (
        "I4: offered and pending do not go together",
        f"{ITEM} reason = 'awaiting_agent_acceptance'",
        in_talk,
    ),
    (
        "I4: an unfinished item has no queue, or an open one has an agent",
        f"ALTER TABLE workstreams_workitem ALTER queue_id DROP NOT NULL; {ITEM} queue_id = NULL",
        in_talk,
    ),
    (
        "I4: an open item waits in a queue that is gone",
        f"{ITEM} state = 'open', agent_id = NULL; {GONE}",
        in_talk,
    ),
    (
        "I4: advice goes on where the one who asked has the item no more",
        f"{ITEM} agent_id = (SELECT agent_id FROM workstreams_consult)",
        in_talk_with_advice,
    ),
    (
        "I4: advice goes on where the one who asked has the item no more",
        f"{ITEM} state = 'wrap_up', reason = 'conversation_wrap_up'",
        in_talk_with_advice,
    ),
    (
        "I4: a work in hand ended without giving its capacity back",
        f"{RECEIPT} ended_at = now()",
        in_talk,
    ),
    (
        "I4: an item was closed more than once",
        TOLD.format(", ".join(["('work-item-closed', 'closed')"] * 2)),
        in_talk,
    ),
    (
        "I5: a decision names no published version",
        "UPDATE routing_routingdecision SET version = 99",
        in_talk,
    ),
    (
        "I5: a decision names a version of another time",
        "UPDATE routing_configurationversion SET at = now() + interval '1 hour'",
        in_talk,
    ),
    ("I5: a decision names a version of another time", SUPERSEDED, in_talk),
    (
        "I5: nothing says why an agent got an item",
        "DELETE FROM routing_routingdecision WHERE stage = 'assignment'",
        in_talk,
    ),
    (
        "I5: an item was routed by no published version",
        f"{ITEM} configuration_version = 99",
        in_talk,
    ),
    ("I6: the last event of an item is not its state", f"{ITEM} state = 'wrap_up'", in_talk),
    (
        "I6: the last event of an agent's presence is not his presence",
        "UPDATE agents_agentpresence SET base = 'away'",
        in_talk,
    ),
    (
        "I6: work was pushed to somebody who had not been there for half a minute",
        GONE_FOR_LONG,
        in_talk,
    ),
    ("I6: the events tell of other messages than there are", SPOKEN, in_talk),
    ("I6: an event tells of the future", TOLD_LATER.format("10 minutes"), in_talk),
    (
        "I6: the events of an item go back in time",
        TOLD_LATER.format("-10 minutes"),
        in_talk,
    ),
    (
        "I6: the events of an item tell of a move that there is not",
        TOLD.format("('again', 'closed'), ('again', 'open')"),
        in_talk,
    ),
)
