"""The slugs that texts may have once a document is imported."""

from collections.abc import Iterator, Mapping
from typing import Final

from routing.configuration.documents.landscape import Landscape
from workstreams.queries.slug_values import slugs_with

NAMES: Final = (("workstream", "context_variables"), ("channel_instance", "survey_questions"))


def slugs_after(organisation: Landscape) -> Mapping[str, str]:
    """Those of the product, and every context variable and question, the document's too."""
    if not organisation.slugs:
        organisation.slugs.update(slugs_with({*_names(organisation)}))
    return organisation.slugs


def _names(organisation: Landscape) -> Iterator[str]:
    for kind, key in NAMES:
        for entry in organisation.after(kind).values():
            yield from (each["name"] for each in entry.get(key) or ())
