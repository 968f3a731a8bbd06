"""Documents of models that machines learn: what they are for. What was learned stays here."""

from collections.abc import Iterator

from routing.configuration.rows.selection import Document, Ids, chosen
from routing.models import LearnedModel


def learned_model_documents(ids: Ids) -> Iterator[tuple[int, Document]]:
    """Neither records nor versions: they hold customers' words, and belong to one organisation."""
    rows = chosen(LearnedModel.objects.order_by("pk"), ids)
    for pk, name, kind, inputs, when, minimum in rows.values_list(
        "pk", "name", "kind", "inputs", "when", "minimum_confidence"
    ):
        document = {"name": name, "type": kind, "inputs": inputs, "minimum_confidence": minimum}
        yield pk, document | {"when": when}
