"""What names an object as it is called now: rules, methods and models, drafted or scheduled."""

from collections.abc import Iterator, Mapping

from routing.configuration.documents.lock_rows import MODELS
from routing.configuration.piece import Key, Piece
from routing.configuration.rules_of_work import rules_in
from routing.configuration.scheduled import scheduled_documents
from routing.queries.uses import methods_naming, models_naming, rules_naming, title_of
from workstreams.queries.dependencies import INSTANCE, compares


def named_now(key: Key, here: Mapping[Key, Piece]) -> Iterator[tuple[Key | None, str]]:
    """Titles, each with the object that it is part of; scheduled ones are part of none here."""
    if key[0] == "channel_instance":
        yield from _naming_instance(here[key].name, here)
        return
    row = MODELS[key[0]]._default_manager.get(pk=key[1])
    for rule in rules_naming(row):
        yield ("workstream", rule.ruleset.workstream_id or 0), title_of(rule)
    for method in methods_naming(row):
        yield ("assignment_method", method.pk), method.name
    for model in models_naming(row):
        yield ("learned_model", model.pk), model.name


def _naming_instance(name: str, here: Mapping[Key, Piece]) -> Iterator[tuple[Key | None, str]]:
    for key, piece in here.items():
        for title, said in rules_in(key[0], piece.document):
            if compares(said, INSTANCE, name):
                yield key, title
    for (kind, _), document in scheduled_documents().items():
        for title, said in rules_in(kind, document):
            if compares(said, INSTANCE, name):
                yield None, f"{title} (scheduled)"
