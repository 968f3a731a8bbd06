"""Entries of a document into models that machines learn."""

from routing.configuration.documents.write_definitions import Document, Names, saved
from routing.models import LearnedModel
from workstreams.models import Workstream


def write_learned_model(entry: Document, pk: int | None, names: Names) -> None:
    """What it is for; a new one knows nothing yet, and an old one keeps what it learned."""
    saved(
        LearnedModel,
        pk,
        name=entry["name"],
        kind=entry["type"],
        inputs=entry["inputs"],
        closed_from=entry["closed_from"],
        closed_until=entry["closed_until"],
        when=entry["when"],
        minimum_confidence=entry["minimum_confidence"],
    )


def write_learned_from(entry: Document, names: Names) -> None:
    """Whose work it learns from; workstreams name models too, and are written after them."""
    model = LearnedModel.objects.get(name__iexact=entry["name"])
    model.workstreams.set([names.id_of(Workstream, each) for each in entry["workstreams"]])
