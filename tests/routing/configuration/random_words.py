"""Random names, texts and choices that documents are made of."""

from typing import Any

from hypothesis import strategies as st

from workstreams.automated_messages import automatic_messages

Draw = Any
NAMES = st.text(alphabet="aZÄß中 {}\"'\\<", min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.text(alphabet="ab Ä\n<", max_size=20).map(lambda text: f"{text}{{customerName}}")
# Rules and texts name variables with dots and braces.
VARIABLES = NAMES.map(lambda name: name.strip("{}")).filter(
    lambda name: bool(name.strip()) and not set(name) & set("{}") and name == name.strip()
)
TRIGGERS = st.sampled_from([each.trigger.value for each in automatic_messages("live_chat")])
LOCALES = st.sampled_from(["en", "de", "pt-BR"])
FLAGS = st.booleans()


def words(terms):
    """One of our own words."""
    return st.sampled_from([term.value for term in terms])


def named(draw: Draw, most: int = 3) -> list[str]:
    """Names that differ by more than case."""
    names: list[str] = draw(st.lists(NAMES, max_size=most, unique_by=str.lower))
    return names


def some(draw: Draw, names: list[str]) -> list[str]:
    """Some of the names in any order."""
    return draw(st.lists(st.sampled_from(names), unique=True)) if names else []
