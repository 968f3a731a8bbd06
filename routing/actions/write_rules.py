"""Write the rules of one ruleset, by their documents that were checked."""

from typing import Any

from routing.check_rules import Known
from routing.models import Rule, RuleOverflow, RuleQueue, Ruleset
from routing.queries.kept_rows import kept_rows
from routing.terms import RulesetKind

Document = dict[str, Any]


def write_rules(ruleset: Ruleset, documents: list[Document], known: Known) -> None:
    """In place of those that it has; what stays keeps its row."""
    before = list(ruleset.rules.all())
    kept = kept_rows(before, [document["name"] for document in documents])
    ruleset.rules.all().delete()
    rules = Rule.objects.bulk_create(
        Rule(
            pk=row.pk if row else None,
            ruleset=ruleset,
            name=document["name"].strip(),
            position=position,
            when=document.get("when") or {},
            then=_then(RulesetKind(ruleset.kind), document, known),
            has_own_overflow=document.get("overflow") is not None,
            workstream=row_of(known.workstreams, document.get("workstream")),
        )
        for position, (document, row) in enumerate(zip(documents, kept, strict=True), start=1)
    )
    RuleQueue.objects.bulk_create(
        RuleQueue(
            rule=rule,
            queue=row_of(known.queues, share["queue"]),
            percent=share.get("percent", 100),
            position=position,
        )
        for rule, document in zip(rules, documents, strict=True)
        for position, share in enumerate(document.get("queues") or [], start=1)
    )
    RuleOverflow.objects.bulk_create(
        RuleOverflow(
            rule=rule,
            condition=pair["condition"],
            threshold=pair.get("threshold"),
            action=pair["action"],
            to_queue=row_of(known.queues, pair.get("queue")),
            position=position,
        )
        for rule, document in zip(rules, documents, strict=True)
        for position, pair in enumerate(document.get("overflow") or [], start=1)
    )


def row_of(rows: Any, name: Any) -> Any:
    """The row of a name that was checked; none for none."""
    return rows[name.lower()] if name else None


def _then(kind: RulesetKind, document: Document, known: Known) -> Document:
    if kind == RulesetKind.CLASSIFICATION:
        return _in_known_words(document.get("then") or {}, known)
    return {}


def _in_known_words(then: Document, known: Known) -> Document:
    """Names as their rows write them, whatever case they were sent in."""
    named = {name: value for name, value in then.items() if value not in (None, {}, [])}
    if "skills" in named:
        named["skills"] = [
            each | {"skill": row_of(known.skills, each["skill"]).name} for each in named["skills"]
        ]
    if "capacity_profiles" in named:
        names = named["capacity_profiles"]
        named["capacity_profiles"] = [row_of(known.profiles, name).name for name in names]
    return named
