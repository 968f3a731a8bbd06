"""Add a tag to several quick replies, or take it away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from agents.models import User
from workstreams.actions.announce_configuration import announce_configuration
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.save_quick_reply import MOST_TAGS, clean_tags
from workstreams.models import QuickReply

MOST_REPLIES: Final = 200


@transaction.atomic
def tag_quick_replies(
    *, ids: Sequence[int], tag: str, add: bool, by: User, now: datetime
) -> tuple[int, str]:
    """How many replies for all agents changed, and the tag as it is kept.

    Those that have it (or not) already stay. Refuses what is no tag (InvalidSettings).
    """
    tags = clean_tags([tag])
    if not tags:
        raise InvalidSettings({"tag": "Type a tag."})
    if not ids:
        raise InvalidSettings({"reply": "Select the replies first."})
    found = QuickReply.objects.filter(pk__in=ids[:MOST_REPLIES], owner=None).order_by("pk")
    replies = list(found.select_for_update(of=("self",)))

    changed = [reply for reply in replies if _change(reply, tags[0], add=add)]
    for reply in changed:
        reply.revision = F("revision") + 1
        reply.save(update_fields=["tags", "revision", "changed_at"])

    if changed:
        announce_configuration(sender=QuickReply, by=by, now=now)
    return len(changed), tags[0]


def _change(reply: QuickReply, tag: str, *, add: bool) -> bool:
    """Whether the tags are others now; compared in whatever case."""
    rest = [each for each in reply.tags if each.lower() != tag.lower()]
    has_it = len(rest) < len(reply.tags)
    if has_it == add:
        return False
    if add and len(rest) >= MOST_TAGS:
        raise InvalidSettings({"tag": f"“{reply}” has {MOST_TAGS} tags already."})
    reply.tags = [*rest, tag] if add else rest
    return True
