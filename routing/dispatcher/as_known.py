"""Whether an agent is still as the batch was decided by, apart from his room."""

import json

from routing import configuration
from routing.engine.facts import AgentFacts


def is_as_known(
    agent: AgentFacts | None, said: str | None, published: configuration.Published
) -> bool:
    """Whether skills, attributes and settings of his that rules ask for are what they saw. Nothing
    is ``said`` of whom no change is told of; most changes are of his load or presence alone."""
    if said is None or agent is None:
        return True
    now = json.loads(said)
    skills, attributes = published.skill_names, published.attribute_names
    return (
        {skills[int(id)]: rating for id, rating in now["skills"].items() if int(id) in skills},
        {attributes[int(id)]: v for id, v in now["attributes"].items() if int(id) in attributes},
        (now["locale"], now["nickname"], published.hours_names.get(now["hours"])),
    ) == (agent.skills, agent.attributes, (agent.locale, agent.nickname, agent.hours))
