"""Add bots to a workstream, or take them away."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.lock_workstream import lock_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import Bot, Workstream
from workstreams.terms import BotPurpose, DistributionMode, WorkstreamType

RECORDS_HAVE_NONE = "Records have no customer to talk to, so a record workstream has no bots."
ONLY_PUSH = "Bots get conversations only where work is offered automatically (push)."


def bot_obstacle(workstream: Workstream) -> str:
    """Why this workstream cannot have a bot, as a sentence; empty when it can."""
    if workstream.type == WorkstreamType.RECORD:
        return RECORDS_HAVE_NONE
    return "" if workstream.distribution_mode == DistributionMode.PUSH else ONLY_PUSH


@transaction.atomic
def choose_bot(
    *,
    workstream: Workstream,
    bot: Bot | None,
    by: User,
    now: datetime,
    revision: int | None = None,
) -> Workstream:
    """The one bot that incoming conversations go to first; None takes it away.

    Conversations it has go on to people. Refuses pick and record workstreams, and a bot that
    does not talk to customers (InvalidSettings), and SavedMeanwhile.
    """
    locked = lock_workstream(workstream, revision=revision)
    if bot is not None:
        _check([bot], BotPurpose.CONVERSATION, bot_obstacle(locked))

    locked.bot = bot
    locked.revision += 1
    locked.save(update_fields=["bot", "revision", "changed_at"])

    announce_configuration(sender=Workstream, by=by, now=now)
    return locked


@transaction.atomic
def choose_assist_bots(
    *,
    workstream: Workstream,
    bots: Collection[Bot],
    by: User,
    now: datetime,
    revision: int | None = None,
) -> Workstream:
    """All the bots that suggest something to the agents of this workstream.

    Refuses record workstreams, and bots that do not assist (InvalidSettings), and SavedMeanwhile.
    """
    locked = lock_workstream(workstream, revision=revision)
    is_record = locked.type == WorkstreamType.RECORD
    if bots:
        _check(bots, BotPurpose.ASSIST, RECORDS_HAVE_NONE if is_record else "")

    locked.assist_bots.set(bots)
    locked.revision += 1
    locked.save(update_fields=["revision", "changed_at"])

    announce_configuration(sender=Workstream, by=by, now=now)
    return locked


def _check(bots: Collection[Bot], purpose: BotPurpose, obstacle: str) -> None:
    """Locks the bots too, so that none is deleted or changes its purpose meanwhile."""
    if obstacle:
        raise InvalidSettings({"name": obstacle})
    ids = {bot.pk for bot in bots}
    rows = Bot.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    found = list(rows)
    if len(found) < len(ids):
        raise InvalidSettings({"name": "This bot was deleted meanwhile. Choose another."})
    wrong = [bot.name for bot in found if bot.purpose != purpose]
    if wrong and purpose == BotPurpose.CONVERSATION:
        raise InvalidSettings({"name": f"{wrong[0]} assists agents and talks to no customers."})
    if wrong:
        raise InvalidSettings({"name": f"{wrong[0]} talks to customers and assists no agents."})
