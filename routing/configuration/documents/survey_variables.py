"""Every question that a document adds has a context variable, as on the page of a survey."""

from typing import Any

from routing.configuration.documents.tidy import tidy
from workstreams.actions.save_context_variable import name_fault
from workstreams.terms import VariableType

Document = dict[str, Any]
ByKey = dict[str, dict[str, Document]]


def add_survey_variables(wanted: ByKey, present: ByKey) -> None:
    """Adds what new questions need, and what those that stay have already, to the workstreams."""
    instances = present["channel_instance"] | wanted["channel_instance"]
    for key, instance in instances.items():
        workstream = str(instance.get("workstream")).lower()
        before = present["channel_instance"].get(key, {})
        asked = {each["name"] for each in before.get("survey_questions", [])}
        here = present["workstream"].get(workstream, {})
        known = {each["name"] for each in here.get("context_variables", [])}
        names = [
            each["name"]
            for each in instance.get("survey_questions", [])
            if each["name"] in known or each["name"] not in asked
        ]
        _add(workstream, names, wanted["workstream"], here)


def _add(key: str, names: list[str], wanted: dict[str, Document], here: Document) -> None:
    entry = wanted.get(key, here)
    there = {each["name"] for each in entry.get("context_variables", [])}
    missing = [
        {"name": name, "type": VariableType.TEXT.value, "is_from_survey": True}
        for name in dict.fromkeys(names)
        if name not in there and not name_fault(name)
    ]
    if missing and "context_variables" in entry:
        whole = entry | {"context_variables": [*entry["context_variables"], *missing]}
        wanted[key] = tidy("workstream", whole) if "classification" in whole else whole
