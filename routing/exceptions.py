"""Refusals of the routing app; each docstring is the sentence people read."""

from config.refusal import Refusal


class RoutingError(Refusal):
    """This work item cannot be handled that way."""


class AlreadyTaken(RoutingError):
    """Somebody else was faster and has this work item now."""


class MovedMeanwhile(RoutingError):
    """Meanwhile it is {where}. Say so again if you still mean it.

    ``seen`` is where that is, to be sent with it.
    """

    seen: str


class OfferExpired(RoutingError):
    """This offer has run out or was taken back."""


class MayNotDecline(RoutingError):
    """Work from this workstream cannot be declined."""


class NotYourItem(RoutingError):
    """This work item is not with you."""


class CustomerWroteSince(RoutingError):
    """The customer has written since. Read it first."""


class SkillsAreFixed(RoutingError):
    """Agents do not change the skills of work items here. An administrator can allow it."""

    status = 403


class AlreadyOver(RoutingError):
    """This work item is closed and stays as it was."""


class TooManySkills(RoutingError):
    """A work item needs {most} skills at most."""

    status = 422
    field = "skills"


class NotAMember(RoutingError):
    """You are not a member of this work item's queue."""

    status = 403


class NotPickable(RoutingError):
    """This work item is offered automatically and cannot be picked."""


class NoCapacityLeft(RoutingError):
    """{agent} has no room for this work item ({excess})."""


class PresenceNotAllowed(RoutingError):
    """{agent}'s presence is {presence}, and this workstream does not assign work in that
    presence."""


class HasItAlready(RoutingError):
    """{agent} has this work item already, or is offered it."""


class AgentDisabled(RoutingError):
    """{agent} is disabled and gets no work."""


class OnlyAgentsEnd(RoutingError):
    """This conversation goes on until its agent ends it."""


class NoCustomerInIt(RoutingError):
    """A record has no customer who could leave it."""


class NotInConversation(RoutingError):
    """This is no conversation that an agent has now."""


class NoConsultant(RoutingError):
    """Say whom to ask: one agent or one queue."""

    status = 422


class ConsultYourself(RoutingError):
    """You have this work item yourself. Ask somebody else."""


class AgentNotThere(RoutingError):
    """{agent} is not signed in and cannot be asked."""


class NobodyThere(RoutingError):
    """Nobody else of the queue {queue} is signed in, so nobody could answer."""


class NobodyElseThere(RoutingError):
    """Whoever else of the queue {queue} is signed in is asked already, or advises, so nobody more
    could answer."""


class AlreadyConsulted(RoutingError):
    """{whom} is asked already."""


class AlreadyAdvised(RoutingError):
    """{adviser} advises on this work item already."""


class AdvisingAlready(RoutingError):
    """You advise on this work item already."""


class AskedByName(RoutingError):
    """{asker} asks you by name too. Answer that request."""


class AskedOfQueue(RoutingError):
    """Everybody of the queue {queue} is asked, so nobody declines for the others. Leave it to
    them."""


class NotAnsweredYet(RoutingError):
    """{whom} has not answered yet."""


class TooManyConsults(RoutingError):
    """At most {most} consults of a work item run at a time. End one first."""


class ConsultOver(RoutingError):
    """This consult is over."""


class OutOfReach(RoutingError):
    """{whom} may not be chosen for this. Administrators say who may, in the service
    configuration."""

    status = 403


class OnlyToQueues(RoutingError):
    """Agents transfer work to queues only. An administrator can allow agents."""

    status = 403


class QueuesAreNotAsked(RoutingError):
    """Queues are not asked for advice here. An administrator can allow it."""

    status = 403


class NotForSupervisors(RoutingError):
    """“{switch}” is switched off in the service configuration."""

    status = 403


class NotReachable(RoutingError):
    """{agent}'s presence is {presence}. Agents transfer work only to those who are available or
    busy."""


class QueueOutOfHours(RoutingError):
    """The queue {queue} is outside its operating hours."""


class QueueEmpty(RoutingError):
    """The queue {queue} has no members, so nobody could take this work item there."""


class QueueNotPublished(RoutingError):
    """The queue {queue} is not published yet, so it takes no work."""


class WrongQueueType(RoutingError):
    """The queue {queue} does not take work of this type."""


class NoDestination(RoutingError):
    """Say where to transfer to: one queue or one agent."""

    status = 422


class InvalidRules(RoutingError):
    """These rules cannot be saved yet. The findings say what to mend.

    ``findings`` is a list of ``{"path", "message"}``.
    """

    status = 422
    findings: list[dict[str, str]]


class BlockerGone(RoutingError):
    """Nothing waits for this any more."""


class BlockerTaken(RoutingError):
    """{name} works on it already, until {until}. Say so again to take it over."""


class UnreadableRules(RoutingError):
    """The published rules cannot be read by this version of the product."""


class StillPublished(RoutingError):
    """{name} is still named by what is published or scheduled: {named_by}. Publish first that
    nothing names it, then delete it."""


class NamesLost(RoutingError):
    """Rules would compare with names that are lost, and match nothing: {rules}. Give those names
    back first, or change the rules that are published."""


class UnpublishedChanges(RoutingError):
    """Review stays on while changes wait ({count}). Publish or discard them first."""


class DraftChanged(RoutingError):
    """What you reviewed has changed meanwhile, so nothing was done. Look at it again."""


class NothingToPublish(RoutingError):
    """Nothing differs from what is published."""


class ChecksFailed(RoutingError):
    """The checks found errors, so this is not published. Mend them first.

    ``findings`` is a list of the checks' errors.
    """

    status = 422
    findings: list[dict[str, str]]


class AlreadyScheduled(RoutingError):
    """Another publication is scheduled. Cancel it first."""


class NothingScheduled(RoutingError):
    """This publication does not wait any more."""


class BeyondLeave(RoutingError):
    """Only administrators may put this back: it touches skills, capacity profiles, presences,
    operating hours or record types."""

    status = 403


class NotInTheFuture(RoutingError):
    """Choose a moment that is still to come."""

    status = 422


class TooFarAway(RoutingError):
    """Choose a moment before the year 3000."""

    status = 422


class NotPublished(RoutingError):
    """{workstream} is not published, so nothing is routed by it yet."""


class AlarmSeen(RoutingError):
    """Somebody has acknowledged this alarm already."""


class RecordRoutingOff(RoutingError):
    """Records of the type {record_type} are not routed. Switch it on in the service configuration
    and at the record type."""


class RecordNotActive(RoutingError):
    """This record is not active, so it is not routed."""


class RecordInWork(RoutingError):
    """{agent} has this record as work. Route it from its own page to take it back."""


class RecordHasNoWork(RoutingError):
    """This record has no open work item. Route it first."""


class NoRecords(RoutingError):
    """No record was chosen."""

    status = 422


class TooManyRecords(RoutingError):
    """At most {most} records are routed by one command. Narrow the list down first."""

    status = 422


class TooFewRecords(RoutingError):
    """A model learns from at least {least} approved records. There are {approved}."""


class AlreadyLoading(RoutingError):
    """Closed work is being loaded for this model already."""


class NotLoading(RoutingError):
    """Nothing is being loaded for this model any more."""


class AlreadyTraining(RoutingError):
    """This model is being trained already."""


class NotTraining(RoutingError):
    """This model is not being trained any more."""


class NotTrained(RoutingError):
    """This version was not trained, so it cannot be published."""


class InvalidFiles(RoutingError):
    """These files cannot be imported. Mend them and send both again.

    ``faults`` are sentences with the line they speak of.
    """

    status = 422
    faults: list[str]


class NoDemo(RoutingError):
    """There is no demo organisation here, so nobody could come to work."""


class DatabaseNotEmpty(RoutingError):
    """The database has data already, so the demo organisation is not created."""


class NamedMeanwhile(RoutingError):
    """A {noun} that these rules name was deleted or changed meanwhile. Reload, and name another."""


class ChangedMeanwhile(RoutingError):
    """The configuration was changed meanwhile. Look again at what importing would do."""
