"""Context variables that a document takes away, or gives another type, while they are used."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from routing.configuration.documents.landscape import Landscape
from routing.configuration.documents.variable_readers import Reader, readers_in, texts_naming
from routing.configuration.edited import gathers_edits
from routing.configuration.rules_of_work import rules_of_work

Entry = Mapping[str, Any]
Fault = tuple[str, str]
STAYS: Final = "{name} stays, for rules read it: {rules}."
IS_NAMED: Final = "{name} stays, for texts name it: {texts}."
KEEPS_TYPE: Final = "{name} keeps its type, for rules read it as it is: {rules}."


def faults_of_variables(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """All of one workstream in one fault. Rules that the document changes with the type may, and
    so may texts that it changes with the name."""
    present = organisation.present["workstream"].get(entry["name"].lower())
    if present is None:
        return
    types = {each["name"]: each["type"] for each in entry["context_variables"]}
    said = []
    for variable in present["context_variables"]:
        name = variable["name"]
        if types.get(name) == variable["type"]:
            continue
        readers = list(_readers(entry, name, organisation, organisation.after))
        if name in types:
            before = list(_readers(present, name, organisation, organisation.present.__getitem__))
            readers = [each for each in readers if each in before]
        titles = [title for title, _ in readers] or _in_force(entry, name, organisation)
        if titles:
            sentence = KEEPS_TYPE if name in types else STAYS
            said.append(sentence.format(name=name, rules=_listed(titles)))
        elif name not in types and (texts := [*texts_naming(entry, name, organisation)]):
            said.append(IS_NAMED.format(name=name, texts=_listed(texts)))
    if said:
        yield "context_variables", " ".join(said)


def _listed(titles: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(titles))


def _readers(entry: Entry, name: str, organisation: Landscape, of: Any) -> Iterator[Reader]:
    yield from readers_in("workstream", entry, name)
    for model in of("learned_model").values():
        if entry["name"].lower() in {each.lower() for each in model["workstreams"]}:
            yield from readers_in("learned_model", model, name)
    if not _is_elsewhere(entry, name, organisation):
        for method in of("assignment_method").values():
            yield from readers_in("assignment_method", method, name)


def _is_elsewhere(entry: Entry, name: str, organisation: Landscape) -> bool:
    """Methods may go on reading that of another workstream."""
    return any(
        name in {each["name"] for each in other.get("context_variables") or ()}
        for key, other in organisation.after("workstream").items()
        if key != entry["name"].lower()
    )


def _in_force(entry: Entry, name: str, organisation: Landscape) -> list[str]:
    """While review is on: rules that work is routed by until the draft is published. What is put
    back to a version follows its rules."""
    reviews = organisation.present_single["service"].get("reviews_before_publishing")
    if not reviews or gathers_edits():
        return []
    own = organisation.ids["workstream", entry["name"].lower()]
    elsewhere = _is_elsewhere(entry, name, organisation)
    return [
        f"{title} ({when})"
        for when, (kind, _), document in rules_of_work(own)
        if kind == "workstream" or not elsewhere
        for title, _ in readers_in(kind, document, name)
    ]
