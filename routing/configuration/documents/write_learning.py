"""Entries of a document into models that machines learn."""

from routing.configuration.documents.write_definitions import Document, Names, saved
from routing.models import LearnedModel


def write_learned_model(entry: Document, pk: int | None, names: Names) -> None:
    """What it is for; a new one knows nothing yet, and an old one keeps what it learned."""
    saved(
        LearnedModel,
        pk,
        name=entry["name"],
        kind=entry["type"],
        inputs=entry["inputs"],
        when=entry["when"],
        minimum_confidence=entry["minimum_confidence"],
    )
