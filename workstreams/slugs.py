"""Slugs: names in braces inside texts, filled in when the text is shown (B 11.4, 11.5).

``{customerName}`` is one word; ``{FirstName{Customer}}`` names whose; ``{OCContext.tier}``
and ``{tier}`` read a context variable.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

SLUG: Final = re.compile(r"\{([A-Za-z][\w.]*(?:\{[A-Za-z]+\})?)\}")
CONTEXT: Final = "OCContext."


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every known slug replaced, in one pass: what is filled in is not read
    again. A slug without a value leaves nothing."""
    return SLUG.sub(lambda found: str(values.get(found[1], "")), text)


def slugs_in(text: str) -> Iterator[str]:
    """The slugs of a text, in order."""
    return (found[1] for found in SLUG.finditer(text))


def unknown_slugs(text: str, known: Mapping[str, str]) -> list[str]:
    """Slugs that nothing will fill; those of context variables may be any."""
    return [slug for slug in slugs_in(text) if slug not in known and not slug.startswith(CONTEXT)]


def unknown_sentence(unknown: Sequence[str]) -> str:
    """What the field of a text says whose slugs nothing fills."""
    names = ", ".join("{" + slug + "}" for slug in unknown)
    return f"Nothing fills {names}. Choose from the list of slugs."


def context_slugs(context: Mapping[str, object]) -> dict[str, str]:
    """Context variables by both of their slugs."""
    plain = {name: str(value) for name, value in context.items() if value is not None}
    return plain | {CONTEXT + name: value for name, value in plain.items()}
