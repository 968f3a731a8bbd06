"""Forget a context variable that nothing uses."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.save_context_variable import Named, named_by_nothing
from workstreams.exceptions import InUse
from workstreams.models import ContextVariable
from workstreams.queries.context_variable_uses import uses_of


@transaction.atomic
def delete_context_variable(
    *,
    variable: ContextVariable,
    by: User,
    now: datetime,
    published: Named = named_by_nothing,
) -> None:
    """Refuses InUse with the uses; ``published`` says which published rules read it."""
    lock_workstream(variable.workstream)
    uses = uses_of(variable) or published(variable)
    if uses:
        raise InUse(dependencies=uses)

    ContextVariable.objects.filter(pk=variable.pk).delete()

    announce_configuration(sender=ContextVariable, by=by, now=now)
