"""Fill the benchmark's database: agents, queues and waiting work in bulk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from agents.models import (
    Agent,
    AgentPresence,
    AgentSkill,
    Presence,
    RatingModel,
    Skill,
    SkillType,
    User,
)
from agents.terms import Role
from routing import configuration
from routing.models import AgentLoad
from workstreams.models import (
    ChannelInstance,
    NotificationTemplate,
    Queue,
    QueueMembership,
    Workstream,
)
from workstreams.terms import Channel, DistributionMode, WorkstreamType

# Every second item of a queue asks for the queue's skill.
QUEUE_SKILL: Final = "item.number / queue.all %% 2 = 1 AND skill.number = queue.number %% skill.all"
# Each item asks for one of seven skills that nobody has.
NOBODYS_SKILL: Final = "skill.number = item.number / queue.all %% 7"

WORK_TABLES = (
    "config_event",
    "routing_routingdecision",
    "routing_assignment",
    "routing_wakeup",
    "routing_queueturn",
    "workstreams_message",
    "workstreams_workitem",
)


SKILLS: Final = 20
BATCH: Final = 1000


def build_organisation(
    *, agents: int, queues: int, queues_of_agent: int, units: int, skilled: bool = False
) -> Workstream:
    """An organisation of the given size; every agent available, in a few queues each.

    Where it is ``skilled``, half of a queue's items ask for the queue's skill, which three in
    four of its members have.
    """
    made = Queue.objects.bulk_create(
        Queue(name=f"Bench queue {number}", type=WorkstreamType.MESSAGING)
        for number in range(queues)
    )
    workstream = Workstream.objects.create(
        name="Bench chat",
        type=WorkstreamType.MESSAGING,
        channel=Channel.LIVE_CHAT,
        distribution_mode=DistributionMode.PUSH,
        fallback_queue=made[0],
        notification_template=NotificationTemplate.objects.order_by("id")[0],
    )
    ChannelInstance.objects.create(workstream=workstream, name="Bench chat", slug="bench")
    people = _people(agents, units)
    if skilled:
        _teach(people, made, queues_of_agent)
    QueueMembership.objects.bulk_create(
        (
            QueueMembership(agent=agent, queue=made[(number * 7 + step) % queues])
            for number, agent in enumerate(people)
            for step in range(queues_of_agent)
        ),
        batch_size=BATCH,
    )
    return workstream


def _teach(people: Sequence[Agent], queues: Sequence[Queue], queues_of_agent: int) -> None:
    family = SkillType.objects.create(name="Bench skills")
    model = RatingModel.objects.order_by("id")[0]
    skills = Skill.objects.bulk_create(
        Skill(name=f"Bench skill {number:02}", skill_type=family, rating_model=model)
        for number in range(SKILLS)
    )
    held = (
        (agent, skills[(number * 7 + step) % len(queues) % SKILLS])
        for number, agent in enumerate(people)
        for step in range(queues_of_agent)
        if (number + step) % 4
    )
    AgentSkill.objects.bulk_create(
        (AgentSkill(agent=agent, skill=skill, rating=5) for agent, skill in held),
        ignore_conflicts=True,
    )


def fill_queues(
    *, workstream: Workstream, waiting: int, now: datetime, asked: str = QUEUE_SKILL
) -> None:
    """Forget all work, then let items wait evenly in the queues, and count statistics anew.

    ``asked`` is the SQL of what an item asks for.
    """
    clear_work()
    configuration.publish(by=None, now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH queue AS (
                SELECT id, row_number() OVER (ORDER BY id) - 1 AS number, count(*) OVER () AS all
                FROM workstreams_queue WHERE name LIKE 'Bench queue%%'
            ),
            skill AS (
                SELECT id, row_number() OVER (ORDER BY name) - 1 AS number, count(*) OVER () AS all
                FROM agents_skill WHERE name LIKE 'Bench skill%%'
            )
            INSERT INTO workstreams_workitem (
                workstream_id, kind, channel, title, state, reason, queue_id, is_pushed, priority,
                customer, context, attributes, required_skills, required_units,
                required_profiles, requirement_key, conversation_key, created_at, waiting_since,
                last_activity_at, state_changed_at, configuration_version
            )
            SELECT
                %(workstream)s, 'conversation', 'live_chat', 'Bench item ' || item.number, 'open',
                'awaiting_agent_assignment', queue.id, true, 0, '{}', '{}', '{}',
                CASE WHEN asked.id IS NULL THEN '[]' ELSE jsonb_build_array(
                    jsonb_build_array(asked.id, null)
                ) END,
                1, '{}', concat('bench', asked.id), gen_random_uuid(), at, at, at, at, 1
            FROM (
                SELECT number, %(now)s::timestamptz - number * interval '1 millisecond' AS at
                FROM generate_series(1, %(waiting)s) AS number
            ) AS item
            JOIN queue ON queue.number = item.number %% queue.all
            LEFT JOIN LATERAL (
                SELECT skill.id FROM skill WHERE {asked}
            ) AS asked ON true
            """.replace("{asked}", asked),
            {"workstream": workstream.pk, "waiting": waiting, "now": now},
        )
        cursor.execute("VACUUM ANALYZE")


def stay_available() -> None:
    """Everybody chose to be, and takes more than ten work items at once."""
    AgentPresence.objects.update(is_manual=True)


def clear_work() -> None:
    """No work, no load."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(WORK_TABLES)} CASCADE")
    AgentLoad.objects.update(units_used=0, items_held=0, last_assigned_at=None)


def _people(count: int, units: int) -> list[Agent]:
    users = User.objects.bulk_create(
        User(username=f"bench-{number}", role=Role.AGENT) for number in range(count)
    )
    people = Agent.objects.bulk_create(Agent(user=user, capacity_units=units) for user in users)
    available = Presence.objects.get(name="available")
    AgentPresence.objects.bulk_create(
        AgentPresence(agent=agent, presence=available, base="available", since=agent.created_at)
        for agent in people
    )
    AgentLoad.objects.bulk_create(AgentLoad(agent=agent) for agent in people)
    return people
