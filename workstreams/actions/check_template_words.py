"""What may stand in a text of a template."""

from collections.abc import Mapping

from workstreams.slugs import unknown_slugs


def text_error(text: str, most: int, noun: str) -> str:
    """A sentence against an empty or too long text, empty when it is fine."""
    return "" if 1 <= len(text) <= most else f"A {noun} has 1 to {most} characters."


def slugs_error(text: str, known: Mapping[str, str]) -> str:
    """A sentence that names the slugs nothing will fill."""
    unknown = [f"{{{slug}}}" for slug in dict.fromkeys(unknown_slugs(text, known))]
    if not unknown:
        return ""
    verb = "is no slug" if len(unknown) == 1 else "are no slugs"
    return f"{', '.join(unknown)} {verb}, so nothing would stand there."
