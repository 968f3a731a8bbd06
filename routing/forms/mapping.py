"""What stands for the names of a document here, as the page asks it and as it is posted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from routing.configuration import Examination, Missing, Plan
from routing.configuration.documents.schema import NAMED
from routing.configuration.documents.words import KIND_WORDS

Names = dict[str, dict[str, str]]

# Before kind and name in the names of fields.
FIELD: Final = "to"
# So many names are asked for; a document with more is not for mapping by hand.
MOST: Final = 200


@dataclass(frozen=True, kw_only=True)
class Question:
    """One name of the document, with what may stand for it."""

    kind: str
    name: str
    value: str
    choices: list[tuple[str, str]] = field(default_factory=list)
    named_by: str = ""

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]

    @property
    def is_new(self) -> bool:
        """Whether a name was given that none of the choices has."""
        return self.value not in [value for value, _ in self.choices]

    @property
    def field(self) -> str:
        return f"{FIELD}:{self.kind}:{self.name}"


def posted_mapping(posted: Mapping[str, Any]) -> Names:
    """The names that were chosen; what was left empty stands for itself."""
    mapping: Names = {}
    for key, value in posted.items():
        start, _, rest = key.replace("\0", "").partition(":")
        kind, _, name = rest.partition(":")
        target = str(value).replace("\0", "").strip()
        if start == FIELD and kind in NAMED and name and target:
            mapping.setdefault(kind, {})[name] = target
    return mapping


def missing_questions(examination: Examination, mapping: Names) -> list[Question]:
    """Names that are nowhere, and those for which a choice was made already."""
    asked = {(each.kind, each.name.lower()): each for each in reversed(examination.missing)}
    questions = [_question(each, examination, "") for each in reversed(asked.values())]
    return questions[:MOST] + [
        Question(kind=kind, name=name, value=target, choices=_choices(kind, "", examination))
        for kind, names in mapping.items()
        for name, target in names.items()
        if (kind, name.lower()) not in asked and not _is_described(kind, name, examination)
    ]


def name_questions(plan: Plan | None, examination: Examination, mapping: Names) -> list[Question]:
    """What the document describes and may have another name here: all that would be written,
    and what was given another name already."""
    given = {(kind, name.lower()) for kind, names in mapping.items() for name in names}
    written = (*plan.changed, *plan.created) if plan else ()
    steps = [step for step in written if step.has_name]
    found = [
        Question(kind=step.kind, name=step.name, value="")
        for step in steps
        if (step.kind, step.key) not in given
        and step.name.lower() not in _targets(mapping, step.kind)
    ]
    return found[:MOST] + [
        Question(kind=kind, name=name, value=target)
        for kind, names in mapping.items()
        for name, target in names.items()
        if _is_described(kind, name, examination)
    ]


def names_here(examination: Examination, kinds: set[str]) -> dict[str, list[str]]:
    """The names that are here, by kind, for the fields to propose."""
    organisation = examination.organisation
    if organisation is None:
        return {}
    return {
        kind: sorted(entry["name"] for entry in organisation.present[kind].values())
        for kind in kinds
    }


def _question(missing: Missing, examination: Examination, value: str) -> Question:
    choices = _choices(missing.kind, missing.type, examination)
    if missing.may_be_created:
        choices.append((missing.name, f"Create “{missing.name}”, empty"))
    return Question(
        kind=missing.kind,
        name=missing.name,
        value=value,
        choices=choices,
        named_by=missing.named_by,
    )


def _choices(kind: str, type_: str, examination: Examination) -> list[tuple[str, str]]:
    organisation = examination.organisation
    if organisation is None:
        return []
    fitting = (
        entry["name"]
        for entry in organisation.present[kind].values()
        if kind != "queue" or not type_ or entry["type"] == type_
    )
    return [(name, name) for name in sorted(fitting, key=str.casefold)]


def _is_described(kind: str, name: str, examination: Examination) -> bool:
    return (kind, name.lower()) in examination.described


def _targets(mapping: Names, kind: str) -> set[str]:
    return {target.lower() for target in mapping.get(kind, {}).values()}
