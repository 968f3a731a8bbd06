"""Copy a workstream with its rules."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_workstream import MAXIMUM_NAME, check_workstream
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import refusing_taken_names
from workstreams.models import Workstream


@transaction.atomic
def copy_workstream(
    *, workstream: Workstream, by: User, now: datetime, name: str = ""
) -> Workstream:
    """A new workstream with the same settings and rules, named "Copy of ..." without a ``name``.

    Channel instances stay with the original: their addresses and numbers exist once.
    Refuses a name that is taken.
    """
    original = lock_workstream(workstream)
    copy = Workstream.objects.get(pk=original.pk)
    copy.pk = None
    copy._state.adding = True
    copy.name = name.strip() or free_copy_name(original)
    copy.revision = 1
    check_workstream(copy)

    with refusing_taken_names("workstream", copy.name):
        copy.save(force_insert=True)
    copy.capacity_profiles.set(original.capacity_profiles.all())
    _copy_rules(original, copy)

    announce_configuration(sender=Workstream, by=by, now=now)
    return copy


def free_copy_name(workstream: Workstream) -> str:
    """ "Copy of ..." with a number behind it where that name is taken."""
    wanted = f"Copy of {workstream.name}"
    lowered = Workstream.objects.annotate(lowered=Lower("name")).values_list("lowered", flat=True)
    taken = set(lowered.filter(lowered__startswith=wanted[: MAXIMUM_NAME - 8].lower()))
    name, number = wanted[:MAXIMUM_NAME], 1
    while name.lower() in taken:
        number += 1
        ending = f" ({number})"
        name = wanted[: MAXIMUM_NAME - len(ending)] + ending
    return name


def _copy_rules(original: Workstream, copy: Workstream) -> None:
    """The rules are rows of routing, reached by their own links to the workstream."""
    for ruleset in original.rulesets.prefetch_related("rules__queues"):
        rules = list(ruleset.rules.all())
        ruleset.pk, ruleset.workstream, ruleset.revision = None, copy, 1
        ruleset.save(force_insert=True)
        for rule in rules:
            shares = list(rule.queues.all())
            rule.pk, rule.ruleset = None, ruleset
            rule.save(force_insert=True)
            for share in shares:
                share.pk, share.rule = None, rule
                share.save(force_insert=True)
