"""Rows that an import changes or names, held until it has written what it changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, Final

from django.db import connection
from django.db.models import Model
from django.db.models.functions import Lower

from agents.models import (
    AgentAttribute,
    CapacityProfile,
    OperatingHours,
    Presence,
    RatingModel,
    Skill,
    SkillType,
)
from routing.configuration.documents.landscape import Landscape
from routing.configuration.documents.plan import AGENT, Plan, Step
from routing.configuration.documents.references import COMPARED_KINDS, COMPARED_TYPE
from routing.configuration.documents.schema import FIELDS
from routing.configuration.documents.validate import Examination
from routing.configuration.named_by import Named, names_in
from routing.configuration.people.rows import names_in_person
from routing.configuration.piece import Key
from routing.models import LearnedModel
from workstreams.actions.lock_service import lock_service
from workstreams.models import (
    AssignmentMethod,
    AutomatedMessage,
    Bot,
    ChannelInstance,
    MessageTemplate,
    NotificationTemplate,
    Queue,
    QuickReply,
    RecordType,
    SessionTemplate,
    Workstream,
)

# In the order in which those who edit one lock others, so that no two wait for each other: models
# before the workstreams that they learn from, these before all that they name, attributes before
# methods, and queues and ways in before their hours.
MODELS: Final[dict[str, Any]] = {
    "learned_model": LearnedModel,
    "workstream": Workstream,
    "rating_model": RatingModel,
    "skill": Skill,
    "agent_attribute": AgentAttribute,
    "capacity_profile": CapacityProfile,
    "presence": Presence,
    "notification_template": NotificationTemplate,
    "session_template": SessionTemplate,
    "record_type": RecordType,
    "bot": Bot,
    "queue": Queue,
    "assignment_method": AssignmentMethod,
    "channel_instance": ChannelInstance,
    "operating_hours": OperatingHours,
    "automated_message": AutomatedMessage,
    "message_template": MessageTemplate,
    "quick_reply": QuickReply,
}

# What has the row of the service for its lock; lists of intake rules have their record types.
OF_THE_SERVICE: Final = frozenset({"service", "identification"})
# Others may name the same at the same time.
SHARED: Final = "SELECT id FROM {} WHERE id = ANY(%s) ORDER BY id FOR SHARE"


def lock_rows(planned: Plan, examination: Examination) -> None:
    """Locks the rows of all that is changed and of all that what is written names.

    Rules name without a link, so that the database would let go of what they name.
    """
    organisation = examination.organisation
    assert organisation is not None
    names = {name for step in planned.steps for name in _names_in(step, examination, organisation)}
    kinds = {step.kind for step in planned.steps}
    if kinds & OF_THE_SERVICE:
        lock_service()
    if any(step.kind == AGENT for step in planned.steps):
        # Writing people holds them all.
        names.update(("agent_attribute", key) for key in organisation.present["agent_attribute"])
    steps = {(step.kind, step.key) for step in planned.changed}
    changed = [
        (kind, pk)
        for (kind, key), pk in organisation.ids.items()
        if (kind, key) in steps or (kind == "record_type" and "intake" in kinds)
    ]
    lock_keys(changed, names, organisation.ids.items())


def lock_keys(
    changed: Iterable[Key], names: Set[Named], known: Iterable[tuple[Named, int]]
) -> None:
    """Locks what is changed and, of what is known by a name, what is named; kind by kind, by id.

    Locked against other edits and against deletion, not against work that arrives.
    """
    named = {(COMPARED_KINDS.get(kind, kind), name) for kind, name in names}
    own, others = _by_kind(changed), _by_kind((each[0], pk) for each, pk in known if each in named)
    if types := [name for kind, name in names if kind == COMPARED_TYPE]:
        rows = SkillType.objects.alias(key=Lower("name")).filter(key__in=types)
        _share(SkillType, rows.values_list("pk", flat=True))
    for kind, model in MODELS.items():
        if kind == "skill":
            # Whoever gives a rating, or asks for one, holds the skill and not its scale.
            rated = Skill.objects.filter(rating_model__in=own["rating_model"])
            own[kind].update(rated.values_list("pk", flat=True))
        if own[kind]:
            rows = model._default_manager.filter(pk__in=own[kind] | others[kind]).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
        elif others[kind]:
            _share(model, others[kind])


def names_to_hold(kind: str, document: Mapping[str, Any]) -> Iterator[Named]:
    """All that a document names, the type of a skill too, which comes with it where it is new."""
    yield from names_in(kind, document)
    if kind == "skill" and "type" in document:
        yield COMPARED_TYPE, document["type"].lower()


def _names_in(step: Step, examination: Examination, organisation: Landscape) -> Iterable[Named]:
    if step.kind == AGENT:
        return names_in_person(examination.people.wanted[step.key])
    if step.kind in FIELDS:
        return names_to_hold(step.kind, organisation.wanted[step.kind][step.key])
    return names_to_hold(step.kind, {"rules": organisation.wanted_single[step.kind]})


def _by_kind(keys: Iterable[Key]) -> defaultdict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for kind, pk in keys:
        found[kind].add(pk)
    return found


def _share(model: type[Model], ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SHARED.format(model._meta.db_table), [list(ids)])
