"""People of a document, laid over those that are here, with all that stands against them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from agents.attribute_value import LONGEST_TEXT, stored_value, wanted
from agents.terms import Role
from config.locales import is_locale
from routing.configuration.documents.checks import (
    Check,
    flag,
    list_of,
    number,
    one_of,
    or_nothing,
    shape,
    shape_with,
    text,
    value_map,
)
from routing.configuration.documents.field import Field, Fields
from routing.configuration.documents.landscape import Landscape
from routing.configuration.documents.mapping import Names
from routing.configuration.documents.schema import name_of
from routing.configuration.documents.validate_shape import Finding, field_faults, finding
from routing.configuration.people.keys import TWICE, keys_of
from routing.configuration.people.rows import (
    SECTION,
    Document,
    in_order_of_attributes,
    people,
)
from workstreams.actions.check_workstream import MAXIMUM_UNITS

USERNAME: Final = re.compile(r"[\w.@+-]{1,150}")
MOST_PEOPLE: Final = 20_000


def _username(value: Any) -> str | None:
    is_fine = isinstance(value, str) and USERNAME.fullmatch(value)
    return None if is_fine else "a username: letters, digits and @ . + - _, at most 150"


def _locale(value: Any) -> str | None:
    is_fine = value == "" or (isinstance(value, str) and is_locale(value))
    return None if is_fine else "a language such as en or pt-BR, or an empty text"


SKILLS: Final[Check] = list_of(
    shape_with({"active": flag}, skill=text(100), rating=number(1, 32767)), most=200, unique="skill"
)
PROFILES: Final[Check] = list_of(
    shape(profile=text(100), limit=or_nothing(number(0, 32767))), most=200, unique="profile"
)
PERSON: Final[Fields] = {
    "username": Field(check=_username),
    "name": Field(check=text(150, may_be_empty=True), default=""),
    "role": Field(check=one_of(Role), default=Role.AGENT.value),
    "may_change_secure_columns": Field(check=flag, default=False),
    "enabled": Field(check=flag, default=True),
    "nickname": Field(check=text(100, may_be_empty=True), default=""),
    "locale": Field(check=_locale, default=""),
    "capacity_units": Field(check=or_nothing(number(0, MAXIMUM_UNITS)), default=None),
    "default_presence": Field(check=or_nothing(text(100)), default=None),
    "operating_hours": Field(check=or_nothing(text(100)), default=None),
    "attributes": Field(check=value_map(LONGEST_TEXT), default={}),
    "skills": Field(check=SKILLS, default=[]),
    "capacity_profiles": Field(check=PROFILES, default=[]),
    "queues": Field(check=list_of(text(200), most=500), default=[]),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """Who is here, who is wanted, and the place in the document, by the username here, or that of
    somebody new in lower case."""

    present: Mapping[str, Document] = field(default_factory=dict)
    wanted: Mapping[str, Document] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)


def shape_faults_of_people(section: Any) -> list[Finding]:
    """What is wrong without looking at the organisation."""
    if not isinstance(section, list) or not all(isinstance(each, dict) for each in section):
        return [finding(SECTION, "A section is a list of objects.")]
    if len(section) > MOST_PEOPLE:
        return [finding(SECTION, f"A document has at most {MOST_PEOPLE:,} people.")]
    return list(_shape_faults(section))


def examine_people(
    section: list[Document], mapping: Names, organisation: Landscape
) -> tuple[People, list[Finding]]:
    """The people with names as they are written here, and what they name that is not there."""
    here = people({each["username"].lower() for each in section})
    present = {each["username"]: each for each in here}
    found: list[Finding] = []
    keys = list(keys_of([each["username"] for each in section], present, found))
    wanted: dict[str, Document] = {}
    for index, (key, entry) in enumerate(zip(keys, section, strict=True)):
        spell = _Spelling(f"{SECTION}.{index}", mapping, organisation, found)
        wanted[key] = _completed(entry, present.get(key, {}), spell)
    places = {key: index for index, key in enumerate(keys)}
    return People(present=present, wanted=wanted, places=places), found


class _Spelling:
    """Names of one entry as they are here; those that are not become findings."""

    def __init__(
        self, path: str, mapping: Names, organisation: Landscape, found: list[Finding]
    ) -> None:
        self.path, self.mapping, self.organisation, self.found = path, mapping, organisation, found

    def __call__(self, kind: str, name: str, path: str) -> str:
        wishes = {each.lower(): target for each, target in self.mapping.get(kind, {}).items()}
        name = wishes.get(name.lower(), name)
        known = self.organisation.after(kind).get(name.lower())
        if known is None:
            noun = kind.replace("_", " ")
            self.found.append(finding(f"{self.path}.{path}", f"There is no {noun} {name}."))
            return name
        return name_of(kind, known)

    def once(self, names: list[str], path: str) -> None:
        """Two ways to write a name, and two names mapped to one, are the same."""
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            self.found.append(finding(f"{self.path}.{path}", f"{name} stands here twice."))

    def rating(self, skill: str, rating: int, path: str) -> None:
        """One off the skill's scale says nothing."""
        entry = self.organisation.after("skill").get(skill.lower(), {})
        scale = self.organisation.after("rating_model").get(
            str(entry.get("rating_model", "")).lower()
        )
        if scale and not scale["min"] <= rating <= scale["max"]:
            sentence = f"{skill} is rated from {scale['min']} to {scale['max']}."
            self.found.append(finding(f"{self.path}.{path}", sentence))

    def value(self, attribute: str, value: Any, path: str) -> Any:
        """What the attribute cannot hold says nothing."""
        entry = self.organisation.after("agent_attribute").get(attribute.lower())
        if entry is None:
            return value
        stored = stored_value(entry["type"], entry["options"], value)
        if stored is None:
            wish = wanted(entry["type"], entry["options"])
            self.found.append(finding(f"{self.path}.{path}", f"{attribute} has to be {wish}."))
        return stored


def _completed(entry: Document, present: Document, spell: _Spelling) -> Document:
    """Fields that the document leaves out stay as they are, or get their defaults."""
    whole = {key: each.default for key, each in PERSON.items() if key != "username"}
    whole = {"username": entry["username"], **whole, **present, **entry}
    whole["name"] = whole["name"].strip()
    for key, kind in (("default_presence", "presence"), ("operating_hours", "operating_hours")):
        if entry.get(key) is not None:
            whole[key] = spell(kind, entry[key], key)
    if "attributes" in entry:
        whole["attributes"] = in_order_of_attributes(dict(_values(entry["attributes"], spell)))
    if "skills" in entry:
        skills = list(_skills(entry["skills"], spell))
        spell.once([each["skill"] for each in skills], "skills")
        whole["skills"] = _in_order("skill", skills)
    if "capacity_profiles" in entry:
        named = enumerate(entry["capacity_profiles"])
        profiles = [
            {"profile": spell("capacity_profile", each["profile"], f"capacity_profiles.{index}"),
             "limit": each["limit"]}
            for index, each in named
        ]  # fmt: skip
        spell.once([each["profile"] for each in profiles], "capacity_profiles")
        whole["capacity_profiles"] = _in_order("profile", profiles)
    if "queues" in entry:
        queues = {
            spell("queue", each, f"queues.{index}") for index, each in enumerate(entry["queues"])
        }
        whole["queues"] = sorted(queues, key=lambda each: (each.casefold(), each))
    return {key: whole[key] for key in PERSON}


def _values(values: Document, spell: _Spelling) -> Iterator[tuple[str, Any]]:
    for given, value in values.items():
        name = spell("agent_attribute", given, f"attributes.{given}")
        yield name, spell.value(name, value, f"attributes.{given}")


def _skills(skills: list[Document], spell: _Spelling) -> Iterator[Document]:
    for index, each in enumerate(skills):
        name = spell("skill", each["skill"], f"skills.{index}")
        spell.rating(name, each["rating"], f"skills.{index}.rating")
        is_active = each.get("active", True)
        yield {"skill": name, "rating": each["rating"]} | ({} if is_active else {"active": False})


def _in_order(key: str, entries: list[Document]) -> list[Document]:
    return sorted(entries, key=lambda each: (each[key].casefold(), each[key]))


def _shape_faults(section: list[Document]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, entry in enumerate(section):
        path = f"{SECTION}.{index}"
        yield from field_faults(entry, PERSON, path)
        username = entry.get("username")
        if username is None:
            yield finding(f"{path}.username", "This is needed.")
        elif isinstance(username, str) and username in seen:
            yield finding(f"{path}.username", TWICE.format(username))
        seen.add(str(username))
