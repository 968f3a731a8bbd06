"""The one door to configuration versions and documents.

Administrators edit rows; the engine reads versions. ``publish`` turns rows into pieces
and stores what changed; ``current`` and ``at`` give versions compiled for the engine.
Documents carry names instead of ids, so that they move between organisations.
"""

from routing.configuration.checks.check import checks_of, checks_of_one, errors_of
from routing.configuration.checks.of_document import checks_of_document
from routing.configuration.current import at, current
from routing.configuration.documents.diff import Difference, diff, documents_before
from routing.configuration.documents.document import document, export
from routing.configuration.documents.for_administrators import beyond_leave
from routing.configuration.documents.import_document import (
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
from routing.configuration.edited import edited
from routing.configuration.publish import publish
from routing.configuration.published import Published
from routing.configuration.review.draft import Draft, DraftEntry, changed_since, draft, drafted
from routing.configuration.review.publish_draft import publish_draft
from routing.configuration.review.roll_back import RollBack, discard_draft, roll_back
from routing.configuration.review.schedule import (
    activate_publication,
    cancel_publication,
    schedule_publication,
)
from routing.configuration.rules_of_work import rules_in, rules_of_work
from routing.exceptions import ChangedMeanwhile

__all__ = [
    "ChangedMeanwhile",
    "Difference",
    "Draft",
    "DraftEntry",
    "Examination",
    "ImportReport",
    "InvalidDocument",
    "Missing",
    "NotJson",
    "Plan",
    "Published",
    "RollBack",
    "activate_publication",
    "at",
    "beyond_leave",
    "cancel_publication",
    "changed_since",
    "checks_of",
    "checks_of_document",
    "checks_of_one",
    "current",
    "diff",
    "discard_draft",
    "document",
    "documents_before",
    "draft",
    "drafted",
    "edited",
    "errors_of",
    "examine",
    "export",
    "export_workstream",
    "import_document",
    "lines_of",
    "plan",
    "publish",
    "publish_draft",
    "read_text",
    "roll_back",
    "rules_in",
    "rules_of_work",
    "schedule_publication",
    "validate",
    "workstream_document",
]
