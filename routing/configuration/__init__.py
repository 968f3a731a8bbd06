"""The one door to configuration versions and documents.

Administrators edit rows; the engine reads versions. ``publish`` turns rows into pieces
and stores what changed; ``current`` and ``at`` give versions compiled for the engine.
Documents carry names instead of ids, so that they move between organisations.
"""

from routing.configuration.current import at, current
from routing.configuration.documents.diff import Difference, diff
from routing.configuration.documents.document import document, export
from routing.configuration.documents.for_administrators import beyond_leave
from routing.configuration.documents.import_document import (
    ChangedMeanwhile,
    ImportReport,
    InvalidDocument,
    import_document,
)
from routing.configuration.documents.missing import Missing
from routing.configuration.documents.plan import Plan, plan
from routing.configuration.documents.text import NotJson, lines_of, read_text
from routing.configuration.documents.validate import Examination, examine, validate
from routing.configuration.documents.workstream_document import (
    export_workstream,
    workstream_document,
)
from routing.configuration.publish import publish
from routing.configuration.published import Published

__all__ = [
    "ChangedMeanwhile",
    "Difference",
    "Examination",
    "ImportReport",
    "InvalidDocument",
    "Missing",
    "NotJson",
    "Plan",
    "Published",
    "at",
    "beyond_leave",
    "current",
    "diff",
    "document",
    "examine",
    "export",
    "export_workstream",
    "import_document",
    "lines_of",
    "plan",
    "publish",
    "read_text",
    "validate",
    "workstream_document",
]
