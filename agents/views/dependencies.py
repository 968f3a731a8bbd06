"""What stands against deleting or renaming a definition, with the way there."""

from collections.abc import Iterator

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from agents.exceptions import NamedInRules
from agents.queries.dependents import dependents, name_of
from config.crud import Dependency
from routing.queries.uses import methods_naming, rules_naming, work_holding

# Pages of the rows that refer to definitions: model label to URL name and keyword.
PAGES = {
    "agents.agent": ("agents:agent-detail", "agent_id"),
    "agents.skill": ("agents:skill-detail", "skill_id"),
    "workstreams.queue": ("workstreams:queue-detail", "queue_id"),
    "workstreams.workstream": ("workstreams:workstream-detail", "workstream_id"),
}


def dependencies_of_row(row: Model) -> list[Dependency]:
    """Everything that uses the row: other rows by key, rules by name, work that holds it."""
    found = [_of_row(each) for each in dependents(row)] + rules_of(row)
    for method in methods_naming(row):
        url = reverse("routing:assignment-method-detail", args=[method.pk])
        found.append(Dependency(label=f"Assignment method “{method}”", url=url))
    if items := work_holding(row):
        url = reverse("routing:work-item-list")
        found.append(Dependency(label=f"{items} unfinished work items", url=url))
    return found


def rules_of(row: Model) -> list[Dependency]:
    """Rules whose outputs name the row, with the way there."""
    return list(_rules(row))


def _rules(row: Model) -> Iterator[Dependency]:
    for rule in rules_naming(row):
        workstream = rule.ruleset.workstream
        label = f"Rule “{rule}” of {workstream or 'intake'}"
        yield Dependency(label=label, url=_address(workstream) if workstream else "")


def check_not_named(row: Model) -> None:
    """Refuses when a rule would lose what it names."""
    if rules := [dependency.label for dependency in _rules(row)]:
        raise NamedInRules(name=row, rules=", ".join(rules))


def _of_row(row: Model) -> Dependency:
    owner = getattr(row, "agent", None) or getattr(row, "workstream", None) or row
    # Rows between two things have no name of their own.
    kind = str((row if hasattr(row, "name") else owner)._meta.verbose_name).capitalize()
    return Dependency(label=f"{kind} “{name_of(row)}”", url=_address(owner))


def _address(row: Model) -> str:
    name, keyword = PAGES.get(row._meta.label_lower, ("", ""))
    try:
        return reverse(name, kwargs={keyword: row.pk}) if name else ""
    except NoReverseMatch:
        return ""
