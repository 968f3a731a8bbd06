"""The words of the routing app: plain enums shared by models, engine, forms and API."""

from enum import StrEnum
from typing import Final

from config.labels import Labels

# The event of a work item whose skills a person changed: with the skills before and after.
SKILLS_CHANGED: Final = "skills_changed"


class RulesetKind(StrEnum):
    """What a ruleset decides."""

    INTAKE = "intake"
    CLASSIFICATION = "classification"
    ROUTE_TO_QUEUE = "route_to_queue"


class RuleType(StrEnum):
    """How a classification ruleset decides: by its rules, or by what a machine learned."""

    LOGICAL = "logical"
    SKILLS = "skill_identification"
    SENTIMENT = "sentiment"
    EFFORT = "effort"


# What models are trained for.
LEARNED = (RuleType.SKILLS, RuleType.SENTIMENT, RuleType.EFFORT)


class TrainingState(StrEnum):
    """How far the training of one version of a model is."""

    QUEUED = "queued"
    RUNNING = "running"
    TRAINED = "trained"
    FAILED = "failed"


class LoadState(StrEnum):
    """How far the loading of closed work is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Outcome(StrEnum):
    """How an offer ended; pending while it runs."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class How(StrEnum):
    """By which way an assignment came about."""

    PUSH = "push"
    PICK = "pick"
    AFFINITY = "affinity"
    PREFERRED = "preferred"
    SUPERVISOR = "supervisor"
    TRANSFER = "transfer"


class RuleResult(StrEnum):
    """What became of a rule in one decision (A 6)."""

    NOT_PROCESSED = "not_processed"
    PROCESSED = "processed"
    MATCHED = "matched"
    APPLIED = "applied"


class BatchResult(StrEnum):
    """What became of a record of a batch."""

    WAITING = "waiting"
    ROUTED = "routed"
    UNROUTED = "unrouted"
    REFUSED = "refused"


class DecisionStage(StrEnum):
    """Which part of the pipeline a stored decision explains; intake is for records."""

    INTAKE = "intake"
    ROUTING = "routing"
    OVERFLOW = "overflow"
    ASSIGNMENT = "assignment"


class WakeUpKind(StrEnum):
    """Why the router should run a cycle."""

    ARRIVAL = "arrival"
    PRESENCE = "presence"
    CAPACITY = "capacity"
    SKILLS = "skills"
    ATTRIBUTES = "attributes"
    MEMBERS = "members"
    CONFIGURATION = "configuration"
    SHIFT = "shift"


class Sentiment(StrEnum):
    """How a customer feels, on seven steps (A 5); not available where nothing was said."""

    VERY_POSITIVE = "very_positive"
    POSITIVE = "positive"
    SLIGHTLY_POSITIVE = "slightly_positive"
    NEUTRAL = "neutral"
    SLIGHTLY_NEGATIVE = "slightly_negative"
    NEGATIVE = "negative"
    VERY_NEGATIVE = "very_negative"
    NOT_AVAILABLE = "not_available"


class AlarmKind(StrEnum):
    """What of routing failed."""

    ROUTING_FAILED = "routing_failed"
    INTAKE_FAILED = "intake_failed"
    CYCLE_FAILED = "cycle_failed"
    CANDIDATES_DRIFTED = "candidates_drifted"


class BlockerCause(StrEnum):
    """What work waits for although nobody works on it."""

    NO_MEMBERS = "no_members"
    DISABLED = "disabled"
    OFFLINE = "offline"
    PRESENCE = "presence"
    SKILL = "skill"
    CAPACITY = "capacity"
    FULL = "full"
    DECLINED = "declined"
    PREFERRED_GONE = "preferred_gone"
    PREFERRED_AWAY = "preferred_away"
    METHOD = "method"
    NOT_PUBLISHED = "not_published"


class QueueDutyKind(StrEnum):
    """What is done about each queue by the clock."""

    BLOCKERS = "blockers"
    AVERAGE_WAIT = "average_wait"


# More open alarms of one sort than this are not stored: they say nothing new.
MOST_OPEN_ALARMS = 100


class ScheduleState(StrEnum):
    """What became of a publication for later."""

    WAITING = "waiting"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    FAILED = "failed"


LABELS = Labels(
    (RulesetKind.INTAKE, "Intake rules"),
    (RulesetKind.CLASSIFICATION, "Work classification"),
    (RulesetKind.ROUTE_TO_QUEUE, "Route to queues"),
    (RuleType.LOGICAL, "Logical rules"),
    (RuleType.SKILLS, "Machine learning: skill identification"),
    (RuleType.SENTIMENT, "Machine learning: sentiment prediction"),
    (RuleType.EFFORT, "Machine learning: effort estimation"),
    (TrainingState.QUEUED, "Waiting for a worker"),
    (TrainingState.RUNNING, "Training"),
    (TrainingState.TRAINED, "Trained"),
    (TrainingState.FAILED, "Failed"),
    (LoadState.QUEUED, "Waiting for a worker"),
    (LoadState.RUNNING, "Loading"),
    (LoadState.DONE, "Loaded"),
    (LoadState.FAILED, "Failed"),
    (Outcome.PENDING, "Offered"),
    (Outcome.ACCEPTED, "Accepted"),
    (Outcome.DECLINED, "Declined"),
    (Outcome.MISSED, "Missed"),
    (Outcome.WITHDRAWN, "Withdrawn"),
    (How.PUSH, "Offered by routing"),
    (How.PICK, "Picked by the agent"),
    (How.AFFINITY, "Same agent kept"),
    (How.PREFERRED, "Preferred agent"),
    (How.SUPERVISOR, "Assigned by a supervisor"),
    (How.TRANSFER, "Transferred"),
    (RuleResult.NOT_PROCESSED, "Not processed"),
    (RuleResult.PROCESSED, "Processed, no match"),
    (RuleResult.MATCHED, "Matched"),
    (RuleResult.APPLIED, "Applied"),
    (BatchResult.WAITING, "Waiting"),
    (BatchResult.ROUTED, "Routed"),
    (BatchResult.UNROUTED, "Unrouted"),
    (BatchResult.REFUSED, "Not done"),
    (DecisionStage.INTAKE, "Intake"),
    (DecisionStage.ROUTING, "Routing"),
    (DecisionStage.OVERFLOW, "Overflow while waiting"),
    (DecisionStage.ASSIGNMENT, "Assignment"),
    (WakeUpKind.ARRIVAL, "A work item arrived"),
    (WakeUpKind.PRESENCE, "A presence changed"),
    (WakeUpKind.CAPACITY, "Capacity changed"),
    (WakeUpKind.SKILLS, "Skills changed"),
    (WakeUpKind.ATTRIBUTES, "Attributes changed"),
    (WakeUpKind.MEMBERS, "Queue members changed"),
    (WakeUpKind.CONFIGURATION, "The configuration changed"),
    (WakeUpKind.SHIFT, "A shift began"),
    (Sentiment.VERY_POSITIVE, "Very positive"),
    (Sentiment.POSITIVE, "Positive"),
    (Sentiment.SLIGHTLY_POSITIVE, "Slightly positive"),
    (Sentiment.NEUTRAL, "Neutral"),
    (Sentiment.SLIGHTLY_NEGATIVE, "Slightly negative"),
    (Sentiment.NEGATIVE, "Negative"),
    (Sentiment.VERY_NEGATIVE, "Very negative"),
    (Sentiment.NOT_AVAILABLE, "Not available"),
    (AlarmKind.ROUTING_FAILED, "Rules failed"),
    (AlarmKind.INTAKE_FAILED, "Intake rules failed"),
    (BlockerCause.NO_MEMBERS, "Queue nobody serves"),
    (BlockerCause.DISABLED, "All members disabled"),
    (BlockerCause.OFFLINE, "Nobody signed in"),
    (BlockerCause.PRESENCE, "Presence not allowed"),
    (BlockerCause.SKILL, "Skill nobody has"),
    (BlockerCause.CAPACITY, "Capacity nobody has"),
    (BlockerCause.FULL, "All members full"),
    (BlockerCause.DECLINED, "Declined by everybody"),
    (BlockerCause.PREFERRED_GONE, "No preferred agent serves the queue"),
    (BlockerCause.PREFERRED_AWAY, "No preferred agent is there"),
    (BlockerCause.METHOD, "Assignment method finds nobody"),
    (BlockerCause.NOT_PUBLISHED, "Not published"),
    (QueueDutyKind.BLOCKERS, "Note what blocks its work"),
    (QueueDutyKind.AVERAGE_WAIT, "Work out its average wait"),
    (AlarmKind.CYCLE_FAILED, "Assigning failed"),
    (AlarmKind.CANDIDATES_DRIFTED, "Agents misread"),
    (ScheduleState.WAITING, "Waiting"),
    (ScheduleState.PUBLISHED, "Published"),
    (ScheduleState.CANCELLED, "Cancelled"),
    (ScheduleState.FAILED, "Not published"),
)


def choices(terms: type[StrEnum]) -> list[tuple[str, str]]:
    """Form and model choices of one of the enums above."""
    return [(term.value, LABELS[term]) for term in terms]
