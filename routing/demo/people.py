"""Who works at the demo organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.hashers import make_password

from agents.actions.create_agent import create_agent
from agents.actions.set_agent_attributes import set_agent_attributes
from agents.actions.set_agent_capacity_profiles import set_agent_capacity_profiles
from agents.actions.set_agent_skills import set_agent_skills
from agents.models import Agent, AgentAttribute, CapacityProfile, Skill, User
from agents.terms import Role
from routing.demo.methods import ACCOUNT, LEVEL

PASSWORD: Final = "demo"  # noqa: S105  # the sign-ins are printed for everybody to try
ADMINISTRATOR: Final = "admin"
SUPERVISOR: Final = "supervisor"


@dataclass(frozen=True, kw_only=True)
class Person:
    """An agent: where he serves, what he can do, how much."""

    name: str
    queues: tuple[str, ...]
    skills: Mapping[str, int] = field(default_factory=dict)
    units: int | None = 3
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def username(self) -> str:
        return self.name.split()[0].lower()


CHAT: Final = ("Support",)
SENIOR: Final = ("Support", "VIP support")
SALES: Final = ("Sales",)
TEXT: Final = ("Text messages", "Support")
CASES: Final = ("Cases",)
COMPLAINTS: Final = ("Cases", "Complaints")
PHONE: Final = ("Phone support",)

AGENTS: Final = (
    Person(
        name="Amira Haddad",
        queues=SENIOR,
        skills={"French": 5, "Billing": 8, "Machines": 6},
        attributes={LEVEL: 3, ACCOUNT: "Adventure Works Hotels"},
    ),
    Person(
        name="Bruno Keller",
        queues=SENIOR,
        skills={"German": 5, "Machines": 9},
        attributes={LEVEL: 2, ACCOUNT: "Fabrikam Offices"},
    ),
    Person(
        name="Carmen Ortiz",
        queues=SENIOR,
        skills={"Spanish": 5, "Billing": 7},
        attributes={LEVEL: 3},
    ),
    Person(name="Daniel Novak", queues=CHAT, skills={"German": 4, "Orders": 7}),
    Person(name="Elena Petrova", queues=CHAT, skills={"Machines": 7, "Orders": 6}),
    Person(name="Farid Rahman", queues=CHAT, skills={"French": 3, "Orders": 5}, units=2),
    Person(name="Grace Okafor", queues=CHAT, skills={"Billing": 6, "Orders": 8}, units=4),
    Person(name="Hannes Vogel", queues=CHAT, skills={"German": 5, "Billing": 4}),
    Person(name="Ines Duarte", queues=CHAT, skills={"Spanish": 5, "French": 4, "Orders": 6}),
    Person(name="Jonas Lindqvist", queues=SALES, skills={"German": 3, "Orders": 9}),
    Person(name="Keiko Tanaka", queues=SALES, skills={"Orders": 7, "Machines": 5}),
    Person(name="Liam Byrne", queues=SALES, skills={"Orders": 8}),
    Person(name="Maya Cohen", queues=(*SALES, *CHAT), skills={"Spanish": 4, "Orders": 7}),
    Person(name="Nadia Rossi", queues=TEXT, skills={"French": 4, "Orders": 6}),
    Person(name="Oscar Jensen", queues=TEXT, skills={"German": 4, "Machines": 4}, units=4),
    Person(name="Priya Sharma", queues=TEXT, skills={"Billing": 5, "Orders": 5}),
    Person(
        name="Quentin Moreau", queues=COMPLAINTS, skills={"French": 5, "Billing": 9}, units=None
    ),
    Person(
        name="Rosa Jimenez", queues=COMPLAINTS, skills={"Spanish": 5, "Machines": 8}, units=None
    ),
    Person(name="Samuel Mensah", queues=CASES, skills={"Machines": 7}, units=None),
    Person(name="Tara Walsh", queues=CASES, skills={"Billing": 6, "Machines": 3}, units=None),
    Person(name="Usha Iyer", queues=CASES, skills={"Orders": 7, "Billing": 5}, units=None),
    Person(name="Viktor Horvat", queues=PHONE, skills={"German": 4, "Machines": 8}, units=None),
    Person(name="Wanda Nowak", queues=PHONE, skills={"Spanish": 4, "Billing": 7}, units=None),
    Person(
        name="Yusuf Demir", queues=PHONE, skills={"German": 3, "French": 3, "Orders": 6}, units=None
    ),
)


def create_chiefs(*, now: datetime) -> User:
    """The administrator, who creates all the others, and the supervisor; neither gets work."""
    administrator = create_agent(
        username=ADMINISTRATOR,
        name="Alex Morgan",
        role=Role.ADMINISTRATOR,
        is_enabled=False,
        by=None,
        now=now,
    ).user
    create_agent(
        username=SUPERVISOR,
        name="Sofia Berg",
        role=Role.SUPERVISOR,
        is_enabled=False,
        by=administrator,
        now=now,
    )
    return administrator


def create_agents(*, by: User, now: datetime) -> dict[str, list[Agent]]:
    """All agents with their skills, attributes and profiles; answers who serves which queue."""
    skills = {skill.name: skill for skill in Skill.objects.select_related("rating_model")}
    profiles = {profile.name: profile for profile in CapacityProfile.objects.all()}
    kept = {attribute.name: attribute for attribute in AgentAttribute.objects.all()}
    members: dict[str, list[Agent]] = {}
    for person in AGENTS:
        agent = create_agent(
            username=person.username,
            name=person.name,
            capacity_units=person.units,
            by=by,
            now=now,
        )
        rated = [(skills[name], rating) for name, rating in person.skills.items()]
        set_agent_skills(agent=agent, skills=rated, by=by, now=now)
        values = {kept[name]: value for name, value in person.attributes.items()}
        set_agent_attributes(agent=agent, values=values, by=by, now=now)
        for queue in person.queues:
            members.setdefault(queue, []).append(agent)
        if "Cases" in person.queues:
            limits = [(profiles["Cases"], 6 if "Complaints" in person.queues else None)]
            set_agent_capacity_profiles(agent=agent, profiles=limits, by=by, now=now)
        if "Phone support" in person.queues:
            calls = [(profiles["Calls"], None)]
            set_agent_capacity_profiles(agent=agent, profiles=calls, by=by, now=now)
    return members


def give_passwords() -> None:
    """The same password for everybody, hashed once: hashing is slow on purpose."""
    User.objects.update(password=make_password(PASSWORD))
