"""Documents of models that machines learn: what they are for. What was learned stays here."""

from collections import defaultdict
from collections.abc import Iterator

from routing.configuration.rows.selection import Document, Ids, chosen, in_order_of_names
from routing.models import LearnedModel

COLUMNS = ("pk", "name", "kind", "inputs", "minimum_confidence", "closed_from", "closed_until")


def learned_model_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Neither records nor versions: they hold customers' words, and belong to one organisation."""
    workstreams: dict[int, list[str]] = defaultdict(list)
    links = LearnedModel.workstreams.through.objects.filter(workstream__deleted_at=None)
    for pk, name in chosen(links, ids, "learnedmodel").values_list(
        "learnedmodel_id", "workstream__name"
    ):
        workstreams[pk].append(name)
    rows = chosen(LearnedModel.objects.order_by("pk"), ids)
    for pk, name, kind, inputs, minimum, first, last, when in rows.values_list(*COLUMNS, "when"):
        yield (
            pk,
            {
                "name": name,
                "type": kind,
                "inputs": inputs,
                "minimum_confidence": minimum,
                "workstreams": in_order_of_names(workstreams.get(pk, ())),
                "closed_from": first and first.isoformat(),
                "closed_until": last and last.isoformat(),
                "when": when,
            },
        )
