"""Copy a workstream with all that belongs to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.db.models.functions import Lower

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.check_workstream import MAXIMUM_NAME, check_workstream
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import refusing_taken_names
from workstreams.models import (
    ContextVariable,
    IdentificationRule,
    Queue,
    QuickReply,
    Workstream,
)


@transaction.atomic
def copy_workstream(
    *, workstream: Workstream, by: User, now: datetime, name: str = ""
) -> Workstream:
    """A new workstream that decides as its source does, named "Copy of ..." without a ``name``.

    It has all settings and links of the source, and rows of its own for rules, context
    variables and identification rules. Channel instances stay with the source, and so do the
    intake rules that lead to it: addresses and numbers exist once, and a record goes to one
    workstream. Refuses a name that is taken.
    """
    _hold_models(workstream)
    original = lock_workstream(workstream)
    copy = Workstream.objects.get(pk=original.pk)
    _make_new(copy)
    copy.name = name.strip() or free_copy_name(original)
    copy.revision = 1
    check_workstream(copy)

    with refusing_taken_names("workstream", copy.name):
        copy.save(force_insert=True)
    _copy_links(original, copy)
    _copy_rules(original, copy)
    _copy_rows(original.context_variables.all(), copy)
    _copy_rows(original.identification_rules.all(), copy)
    # No survey of the copy asks for them yet, so they are its own.
    copy.context_variables.update(is_from_survey=False)

    announce_configuration(sender=Workstream, by=by, now=now)
    return copy


def free_copy_name(row: Workstream | Queue, *, longest: int = MAXIMUM_NAME) -> str:
    """ "Copy of ..." with a number behind it where that name is taken."""
    wanted = f"Copy of {row.name}"
    rows = Queue.objects if isinstance(row, Queue) else Workstream.objects
    lowered = rows.annotate(lowered=Lower("name")).values_list("lowered", flat=True)
    taken = set(lowered.filter(lowered__startswith=wanted[: longest - 8].lower()))
    name, number = wanted[:longest], 1
    while name.lower() in taken:
        number += 1
        ending = f" ({number})"
        name = wanted[: longest - len(ending)] + ending
    return name


def _make_new(row: Model) -> None:
    row.pk = None
    row._state.adding = True


def _hold_models(original: Workstream) -> None:
    """What its rules learned from, before the workstream, as who saves a model does."""
    model: Any = original.rulesets.model._meta.get_field("model").related_model
    used = original.rulesets.exclude(model=None).order_by().values("model")
    rows = model._default_manager.filter(pk__in=used).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _copy_links(original: Workstream, copy: Workstream) -> None:
    """Replies are held before the copy is published, as who changes or deletes one does. A form
    that is open would take the copy out again: it hears of a reply that changed meanwhile."""
    held = original.quick_replies.order_by("pk").select_for_update(of=("self",), no_key=True)
    replies = list(held)
    QuickReply.objects.filter(pk__in=[reply.pk for reply in replies]).update(
        revision=F("revision") + 1
    )
    copy.capacity_profiles.set(original.capacity_profiles.all())
    copy.assist_bots.set(original.assist_bots.all())
    copy.quick_replies.set(replies)


def _copy_rules(original: Workstream, copy: Workstream) -> None:
    """The rules are rows of routing, reached by their own links to the workstream."""
    for ruleset in original.rulesets.prefetch_related("rules__queues", "rules__overflow_pairs"):
        rules = list(ruleset.rules.all())
        _make_new(ruleset)
        ruleset.workstream, ruleset.revision = copy, 1
        ruleset.save(force_insert=True)
        for rule in rules:
            parts: list[Any] = [*rule.queues.all(), *rule.overflow_pairs.all()]
            _make_new(rule)
            rule.ruleset = ruleset
            rule.save(force_insert=True)
            for part in parts:
                _make_new(part)
                part.rule = rule
                part.save(force_insert=True)


def _copy_rows(
    rows: "Iterable[ContextVariable] | Iterable[IdentificationRule]", copy: Workstream
) -> None:
    for row in rows:
        _make_new(row)
        row.workstream = copy
        row.save(force_insert=True)
