"""Refusals of the agents app; each docstring is the sentence people read."""

from config.refusal import Refusal


class AgentError(Refusal):
    """This change to an agent is not possible."""


class PresenceNotSelectable(AgentError):
    """This presence is set by the system only and cannot be chosen."""


class GetsNoWork(AgentError):
    """{agent} is disabled, so the presence stays."""


class NotSignedIn(AgentError):
    """{agent} is offline: presence follows capacity from the next sign-in on."""


class AgentHasHistory(AgentError):
    """{agent} has handled work, and that history stays. Disable the agent instead."""


class LastAdministrator(AgentError):
    """This is the last administrator. Make somebody else an administrator first."""


class UnknownLocale(AgentError):
    """A language is written like en, de or pt-BR."""

    status = 422
    field = "locale"


class UsernameTaken(AgentError):
    """Somebody already signs in as {username}."""

    status = 422
    field = "username"


class RatingOutOfRange(AgentError):
    """{skill} is rated from {minimum} to {maximum}."""

    status = 422
    field = "rating"


class InUse(AgentError):
    """{name} is still in use. Remove what depends on it first.

    ``dependencies`` lists what refers to it: dictionaries of kind, name and url.
    """


class BuiltIn(AgentError):
    """{name} is built in and stays as it is."""


class ResetFrequencyFixed(AgentError):
    """The reset frequency was chosen when the profile was created and stays.

    Counts already running could not be told apart after a change.
    """


class RatingsOutsideScale(AgentError):
    """Agents have ratings outside this scale ({lowest} to {highest}). Change those first."""

    status = 422
    field = "maximum"


class RatingsAskedOutside(AgentError):
    """Rules ask for ratings outside this scale: {rules}. Change those first."""

    status = 422
    field = "maximum"


class ValueNamesWrong(AgentError):
    """{sentence}"""

    status = 422
    field = "value_names"


class PeriodsOverlap(AgentError):
    """Periods of one day may not overlap, and each ends after it starts."""

    status = 422


class HoursHaveNoStart(AgentError):
    """Hours of every second week or rarer need a first day to count from."""

    status = 422


class HoursNeverHold(AgentError):
    """Hours of a {weekday} from {first} to {last} never come: there is no such day between."""

    status = 422


class OpeningGone(AgentError):
    """Somebody else changed or removed these hours meanwhile. Look at the week again."""


class HolidayDaysWrong(AgentError):
    """The holiday from {first} to {last} has to end after it begins, and within a year."""

    status = 422


class HolidayTwice(AgentError):
    """Two holidays begin on {day}. A day has one at most."""

    status = 422
    field = "holidays"


class TooManyAgents(AgentError):
    """At most {most} agents are changed at once. Narrow the filter."""

    status = 422
    field = "agents"


class LimitOutOfRange(AgentError):
    """A limit goes from 0 to {most}."""

    status = 422
    field = "limit"


class DefinitionGone(AgentError):
    """Somebody deleted {name} meanwhile. Choose again."""


class NamedInRules(AgentError):
    """Rules refer to {name} by its name: {rules}. Change those first, or keep the name."""


class AttributeWrong(AgentError):
    """{sentence}"""

    status = 422


class AttributeTypeFixed(AgentError):
    """The type of an attribute was chosen when it was created and stays."""

    status = 422
    field = "type"


class OptionsHeld(AgentError):
    """Agents have these options: {held}. Give them others first."""

    status = 422
    field = "options"

    @property
    def errors(self) -> dict[str, str]:
        """For the form: beside the options."""
        return {"options": str(self)}


class OptionsAsked(OptionsHeld):
    """Assignment methods compare with these options: {methods}. Change those first."""


class TooManyAttributes(AgentError):
    """At most {most} attributes are kept of agents. Delete one that is not needed first."""

    status = 422
    field = "name"


class AttributeValueWrong(AgentError):
    """{attribute} has to be {wanted}."""

    status = 422
    field = "attributes"
