"""Switches of the whole service: one table for the row's form, its piece and its document."""

from dataclasses import dataclass
from typing import Final

from workstreams.terms import AgentReach, QueueReach


@dataclass(frozen=True, kw_only=True, slots=True)
class Switch:
    """A flag of ``ServiceConfiguration`` by the name of its column."""

    name: str
    label: str
    help: str
    default: bool = False


SWITCHES: Final = (
    Switch(
        name="personal_quick_replies",
        label="Personal quick replies",
        help="Agents write quick replies of their own, which nobody else sees.",
        default=True,
    ),
    Switch(
        name="inactive_after_missed",
        label="Inactive after a missed offer",
        help=(
            "Who lets an offer run out becomes inactive, and gets no more work until he or a"
            " supervisor resets his presence. It stops nothing where “Appear away” may receive"
            " work."
        ),
    ),
    Switch(
        name="undisturbed_after_declined",
        label="Do not disturb after a declined offer",
        help=(
            "Who declines an offer gets “Do not disturb” until he or a supervisor resets his"
            " presence. It stops nothing where that presence may receive work."
        ),
    ),
    Switch(
        name="preferred_agents",
        label="Preferred agents",
        help="A contact's work that is offered automatically goes first to the agents named on the"
        " contact's page, in their order: those who serve the queue and are there, whatever their"
        " room and skills.",
    ),
    Switch(
        name="waits_for_preferred_agent",
        label="Wait for a preferred agent",
        help="When none of them can have it: on, nobody gets it and it waits in its queue, as suits"
        " asynchronous work; off, the next best agent gets it, as suits chat and calls.",
    ),
    Switch(
        name="agents_change_skills",
        label="Agents change the skills of their work",
        help="On the desk, agents add and remove the skills that the work they have needs.",
    ),
    Switch(
        name="transfers_to_agents",
        label="Transfer to agents",
        help="Agents transfer their work to an agent of their choice. Off: only to queues."
        " Supervisors choose agents all the same.",
        default=True,
    ),
    Switch(
        name="asks_queues",
        label="Advice out of queues",
        help="Agents ask a queue for advice, and whoever of it is first answers. Off: only agents"
        " by name.",
        default=True,
    ),
    Switch(
        name="agent_consults_hold_capacity",
        label="Advice of a named agent holds capacity",
        help="Who advises because he was asked by name holds the capacity of the work item until"
        " the advice ends, and cannot advise without room for it. Off: advice is free.",
    ),
    Switch(
        name="queue_consults_hold_capacity",
        label="Advice out of a queue holds capacity",
        help="The same for the first of a queue who answers.",
    ),
    Switch(
        name="supervisors_monitor",
        label="Supervisors watch and join",
        help="Supervisors watch conversations of agents, which is noted, and join them. Off: they"
        " do neither, and still read what was said, on a work item's page and through the API.",
        default=True,
    ),
    Switch(
        name="supervisors_assign",
        label="Supervisors assign",
        help="Supervisors give open work to an agent.",
        default=True,
    ),
    Switch(
        name="supervisors_transfer",
        label="Supervisors transfer",
        help="Supervisors send work that waits, or that an agent has, to a queue or an agent.",
        default=True,
    ),
    Switch(
        name="supervisors_force_close",
        label="Supervisors close by force",
        help="Supervisors close unfinished work, whoever has it.",
        default=True,
    ),
    Switch(
        name="reviews_before_publishing",
        label="Review before publishing",
        help=(
            "Changes of workstreams, rules, queues, hours and skills wait as a draft until somebody"
            " publishes them. People, deletions, texts and these switches act at once. Off: every"
            " save acts at once."
        ),
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """A choice of ``ServiceConfiguration`` by the name of its column: whom agents may choose."""

    name: str
    label: str
    help: str
    terms: type[AgentReach] | type[QueueReach]

    @property
    def default(self) -> str:
        """Everybody."""
        return self.terms.EVERY.value


REACHES: Final = (
    Reach(
        name="transfer_queues",
        label="Queues to transfer to",
        help="What agents find in the list, and may transfer to. Supervisors choose freely.",
        terms=QueueReach,
    ),
    Reach(
        name="transfer_agents",
        label="Agents to transfer to",
        help="The same for agents.",
        terms=AgentReach,
    ),
    Reach(
        name="consult_queues",
        label="Queues to ask for advice",
        help="What agents find in the list, and may ask. Supervisors choose freely.",
        terms=QueueReach,
    ),
    Reach(
        name="consult_agents",
        label="Agents to ask for advice",
        help="The same for agents.",
        terms=AgentReach,
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """How long a queue is asked for an adviser, by the name of the column; nothing leaves it to
    the notification template."""

    name: str
    label: str
    help: str


SEARCHES: Final = (
    Search(
        name="messaging_search_seconds",
        label="Search of an adviser",
        help="For how many seconds a queue is asked, for messaging and records: 5 to 3600. Empty:"
        " as the notification template says.",
    ),
    Search(
        name="voice_search_seconds",
        label="Search of an adviser, voice",
        help="The same for voice.",
    ),
)
SEARCH_SECONDS: Final = (5, 3600)


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A text of ``ServiceConfiguration`` by the name of its column: how a presence is called that
    the system answers a refused offer with (B 11.3). Empty: by its own name."""

    name: str
    label: str
    help: str
    longest: int


NAME_HELP: Final = (
    "What the agent, and supervisors in their lists, read in place of “{}”. Empty: that."
)
DESCRIPTION_HELP: Final = "Said to the agent beside it, and on his page."
WORDS: Final = (
    Words(
        name="missed_presence_name",
        label="Name of the presence after a missed offer",
        help=NAME_HELP.format("Inactive"),
        longest=100,
    ),
    Words(
        name="missed_presence_description",
        label="Description after a missed offer",
        help=DESCRIPTION_HELP,
        longest=500,
    ),
    Words(
        name="declined_presence_name",
        label="Name of the presence after a declined offer",
        help=NAME_HELP.format("Do not disturb"),
        longest=100,
    ),
    Words(
        name="declined_presence_description",
        label="Description after a declined offer",
        help=DESCRIPTION_HELP,
        longest=500,
    ),
)
# How often one agent may decline a work item: from and to, and unless it is changed (A 12).
DECLINES: Final = (1, 5)
DECLINES_BY_DEFAULT: Final = 3
NAMES: Final = tuple(switch.name for switch in SWITCHES)
REACH_NAMES: Final = tuple(reach.name for reach in REACHES)
SEARCH_NAMES: Final = tuple(search.name for search in SEARCHES)
WORD_NAMES: Final = tuple(words.name for words in WORDS)
