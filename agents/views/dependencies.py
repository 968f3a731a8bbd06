"""What stands against deleting a definition, and the rules that name it, with the way there."""

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from agents.queries.dependents import dependents, name_of
from config.crud import Dependency
from routing.queries.uses import rules_naming, uses

# Pages of the rows that refer to definitions: model label to URL name and keyword.
PAGES = {
    "agents.agent": ("agents:agent-detail", "agent_id"),
    "agents.skill": ("agents:skill-detail", "skill_id"),
    "workstreams.queue": ("workstreams:queue-detail", "queue_id"),
    "workstreams.workstream": ("workstreams:workstream-detail", "workstream_id"),
}


def dependencies_of_row(row: Model) -> list[Dependency]:
    """Everything that uses the row: other rows by key, and what upper apps know of."""
    return [*map(_of_row, dependents(row)), *map(_of_use, uses(row))]


def rules_of(row: Model) -> list[Dependency]:
    """Rules that name the row, with the way there."""
    return [
        Dependency(
            label=f"Rule “{rule}” of {rule.ruleset.workstream or 'intake'}",
            url=_address(rule.ruleset.workstream) if rule.ruleset.workstream else "",
        )
        for rule in rules_naming(row)
    ]


def _of_use(use: dict[str, str]) -> Dependency:
    is_counted = use["kind"] == "work"
    label = use["name"] if is_counted else f"{use['kind'].capitalize()} “{use['name']}”"
    return Dependency(label=label, url=use["url"])


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
