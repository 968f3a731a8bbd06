"""Whether an agent is still as the batch was decided by, apart from his room."""

import json
from typing import Final

from routing import configuration
from routing.engine.facts import AgentFacts

TOLD: Final = ("username", "name", "role", "locale", "nickname")


def is_as_known(
    agent: AgentFacts | None, said: str | None, published: configuration.Published
) -> bool:
    """Whether skills, attributes and all else of his that rules ask for and that stays for longer
    is what they saw. Nothing is ``said`` of whom no change is told of; most changes are of his load
    or presence alone. How much room there is, is asked by itself."""
    if said is None or agent is None:
        return True
    now = json.loads(said)
    skills, attributes = published.skill_names, published.attribute_names
    return (
        {skills[int(id)]: rating for id, rating in now["skills"].items() if int(id) in skills},
        {attributes[int(id)]: v for id, v in now["attributes"].items() if int(id) in attributes},
        published.hours_names.get(now["hours"]),
        [now[name] for name in TOLD],
    ) == (
        agent.skills,
        agent.attributes,
        agent.hours,
        [agent.username, agent.name, agent.role, agent.locale, agent.nickname],
    )
