"""What rules may ask about: the fields of conditions by workstream, with type and words.

Pure; ``routing.queries.condition_fields`` brings what an organisation adds. A field that is
not listed may still be named, as far as ``routing.engine.conditions`` reads it.
"""

from routing.catalogue.catalogue import (
    CASE,
    WELL_KNOWN,
    Catalogue,
    Given,
    catalogue_of,
    sentence_of,
    words_of,
)
from routing.catalogue.field import ConditionField, Lookup

__all__ = [
    "CASE",
    "WELL_KNOWN",
    "Catalogue",
    "ConditionField",
    "Given",
    "Lookup",
    "catalogue_of",
    "sentence_of",
    "words_of",
]
