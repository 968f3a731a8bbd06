"""Rows of how work finds an agent: rules, versions, the ledger, the router's own."""

from routing.models.agent_change import AgentChange
from routing.models.agent_load import AgentLoad, ProfileLoad, QueueTurn
from routing.models.alarm import Alarm
from routing.models.assignment import Assignment
from routing.models.average_wait import AverageWait
from routing.models.blocker import Blocker
from routing.models.configuration import (
    ConfigurationChange,
    ConfigurationPiece,
    ConfigurationVersion,
)
from routing.models.consult_receipt import ConsultReceipt
from routing.models.decision import RoutingDecision
from routing.models.demo_traffic import DemoTraffic
from routing.models.draft import DraftChange
from routing.models.floor_default import FloorDefault
from routing.models.learning import (
    LearnedModel,
    ModelContent,
    ModelVersion,
    TrainingRecord,
)
from routing.models.model_load import ModelLoad
from routing.models.queue_duty import QueueDuty
from routing.models.record_batch import RecordBatch, RecordBatchRow
from routing.models.router_lease import RouterLease
from routing.models.ruleset import Rule, RuleOverflow, RuleQueue, Ruleset
from routing.models.scheduled_publication import ScheduledChange, ScheduledPublication
from routing.models.shift_state import ShiftState
from routing.models.uploaded_document import UploadedDocument
from routing.models.wake_up import WakeUp

__all__ = [
    "AgentChange",
    "AgentLoad",
    "Alarm",
    "Assignment",
    "AverageWait",
    "Blocker",
    "ConfigurationChange",
    "ConfigurationPiece",
    "ConfigurationVersion",
    "ConsultReceipt",
    "DemoTraffic",
    "DraftChange",
    "FloorDefault",
    "LearnedModel",
    "ModelContent",
    "ModelLoad",
    "ModelVersion",
    "ProfileLoad",
    "QueueDuty",
    "QueueTurn",
    "RecordBatch",
    "RecordBatchRow",
    "RouterLease",
    "RoutingDecision",
    "Rule",
    "RuleOverflow",
    "RuleQueue",
    "Ruleset",
    "ScheduledChange",
    "ScheduledPublication",
    "ShiftState",
    "TrainingRecord",
    "UploadedDocument",
    "WakeUp",
]
