"""Create or change a quick reply: one for all agents, or an agent's own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypedDict, Unpack

from django.db import transaction
from django.db.models.functions import Lower

from agents.models import Agent, User
from config.locales import NOT_A_LOCALE, is_locale
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import InvalidSettings
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import QuickReply, Workstream
from workstreams.queries.slug_values import known_slugs
from workstreams.slugs import unknown_sentence, unknown_slugs

TITLE_LENGTH: Final = 100
MESSAGE_LENGTH: Final = 4000
TAG_LENGTH: Final = 50
MOST_TAGS: Final = 20
TAKEN: Final = "A reply of this title exists already in this language."


class QuickReplySettings(TypedDict, total=False):
    """What may be set; without workstreams a reply shows everywhere."""

    title: str
    locale: str
    message: str
    tags: Sequence[str]
    workstreams: Iterable[Workstream]


@transaction.atomic
def save_quick_reply(
    *,
    by: User,
    now: datetime,
    reply: QuickReply | None = None,
    owner: Agent | None = None,
    revision: int | None = None,
    **settings: Unpack[QuickReplySettings],
) -> QuickReply:
    """Save the given settings, of a new reply without ``reply``, and leave the others.

    ``owner`` makes a new one personal. Refuses what cannot be saved (InvalidSettings), and
    SavedMeanwhile when it is gone or no longer has the ``revision`` that the person saw.
    """
    given = settings.pop("workstreams", None)
    workstreams = None if given is None else list(given)
    held = set() if workstreams is None else hold_workstreams(reply, workstreams)
    locked = _lock(reply, revision) if reply else QuickReply(owner=owner)

    for name, value in settings.items():
        setattr(locked, name, value)
    locked.title, locked.message = locked.title.strip(), locked.message.strip()
    locked.tags = clean_tags(locked.tags)
    _check(locked)
    if reply:
        locked.revision += 1
    locked.save()
    if workstreams is not None and locked.owner_id is None:
        if not held.issuperset(locked.workstreams.values_list("pk", flat=True)):
            raise SavedMeanwhile
        locked.workstreams.set(workstreams)

    if locked.owner_id is None:
        announce_configuration(sender=QuickReply, by=by, now=now)
    return locked


def hold_workstreams(reply: QuickReply | None, chosen: Iterable[Workstream]) -> set[int]:
    """Lock the workstreams that it shows in, and those it is to show in, before the reply, as
    their deletion does: a reply that loses its last one would show everywhere."""
    wanted = {workstream.pk for workstream in chosen}
    present = reply.workstreams.values_list("pk", flat=True) if reply else ()
    rows = Workstream.objects.select_for_update(no_key=True).order_by("pk")
    held = set(rows.filter(pk__in=wanted.union(present)).values_list("pk", flat=True))
    if not wanted <= held:
        raise InvalidSettings({"workstreams": "A workstream of these was deleted meanwhile."})
    return held


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Each tag once, in whatever case, without the # in front; refuses what is no tag."""
    cleaned: dict[str, str] = {}
    for tag in tags:
        name = " ".join(tag.removeprefix("#").split())
        if "#" in name or "," in name:
            raise InvalidSettings({"tags": f"# may only stand at the front of a tag: {tag}."})
        if len(name) > TAG_LENGTH:
            raise InvalidSettings({"tags": f"A tag has at most {TAG_LENGTH} characters: {tag}."})
        if name:
            cleaned.setdefault(name.lower(), name)
    if len(cleaned) > MOST_TAGS:
        raise InvalidSettings({"tags": f"A reply has at most {MOST_TAGS} tags."})
    return list(cleaned.values())


def message_fault(message: str, known: Mapping[str, str]) -> str:
    """What is wrong with a message, or nothing."""
    if not 0 < len(message) <= MESSAGE_LENGTH:
        return f"A message has 1 to {MESSAGE_LENGTH} characters."
    unknown = unknown_slugs(message, known)
    return unknown_sentence(unknown) if unknown else ""


def _lock(reply: QuickReply, revision: int | None) -> QuickReply:
    locked = QuickReply.objects.select_for_update(of=("self",)).filter(pk=reply.pk).first()
    if locked is None or revision not in (None, locked.revision):
        raise SavedMeanwhile
    return locked


def _check(reply: QuickReply) -> None:
    errors: dict[str, str] = {}
    if not 0 < len(reply.title) <= TITLE_LENGTH:
        errors["title"] = f"A title has 1 to {TITLE_LENGTH} characters."
    if not is_locale(reply.locale):
        errors["locale"] = NOT_A_LOCALE
    if fault := message_fault(reply.message, known_slugs()):
        errors["message"] = fault
    if _is_taken(reply):
        errors["title"] = TAKEN
    if errors:
        raise InvalidSettings(errors)


def _is_taken(reply: QuickReply) -> bool:
    """Two at the same moment are told apart by the database."""
    others = QuickReply.objects.exclude(pk=reply.pk).filter(locale=reply.locale, owner=reply.owner)
    return others.alias(lower=Lower("title")).filter(lower=reply.title.lower()).exists()
