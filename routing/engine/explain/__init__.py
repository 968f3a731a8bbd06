"""Decisions as JSON documents that a person can read, each of at most ten kilobytes."""

from routing.engine.explain.assignment import (
    GROUP_BYTES,
    OWN_BYTES,
    assignment_document,
    considered,
    looked_at,
    own_document,
)
from routing.engine.explain.fit import MAXIMUM_BYTES, fit, with_seen
from routing.engine.explain.looks import Looks
from routing.engine.explain.pack import packed, unpacked
from routing.engine.explain.rules import NOT_PUBLISHED_YET, routing_document
from routing.engine.explain.waiting import blockers_of, waiting_because

__all__ = [
    "GROUP_BYTES",
    "MAXIMUM_BYTES",
    "NOT_PUBLISHED_YET",
    "OWN_BYTES",
    "Looks",
    "assignment_document",
    "blockers_of",
    "considered",
    "fit",
    "looked_at",
    "own_document",
    "packed",
    "routing_document",
    "unpacked",
    "waiting_because",
    "with_seen",
]
