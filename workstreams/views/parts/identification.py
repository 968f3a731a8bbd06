"""How customers are recognised, on a workstream's page."""

from typing import Any

from workstreams.models import IdentificationRule, Workstream
from workstreams.queries.identification_rules import lines_of


def context(workstream: Workstream) -> dict[str, Any]:
    """``lines``: its own rules, or those of the organisation; two queries at most."""
    own = lines_of(IdentificationRule.objects.filter(workstream=workstream))
    if own:
        return {"lines": own, "is_own": True}
    organisation = IdentificationRule.objects.filter(workstream=None)
    return {"lines": lines_of(organisation), "is_own": False}
