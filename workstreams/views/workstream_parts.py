"""The parts of a workstream's page that have a file each: which there are, and for which types.

A part is a template, with its empty state, and ``context(workstream)`` in ``parts/``. It is shown
as ``{% include part.template with part=part.values workstream=... can_write=... only %}``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from workstreams.models import Workstream
from workstreams.terms import WorkstreamType
from workstreams.views.parts import (
    advanced_settings,
    assist_bots,
    bot_card,
    context_variables,
    identification,
    quick_replies,
)

EVERY_TYPE: Final = frozenset(WorkstreamType)
NO_RECORDS: Final = EVERY_TYPE - {WorkstreamType.RECORD}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part: its template, where what it shows comes from, and the types that have it."""

    template: str
    context: Callable[[Workstream], dict[str, Any]]
    types: frozenset[WorkstreamType] = NO_RECORDS


# Under the channel.
UNDER_THE_CHANNEL: Final[tuple[Part, ...]] = (
    Part(template="workstreams/_bot_card.html", context=bot_card.context),
)

# Behind "Advanced settings", in this order: sessions and agent notifications, context variables,
# smart assist bots, quick replies, customer identification. Records have the first only.
ADVANCED: Final[tuple[Part, ...]] = (
    Part(
        template="workstreams/_advanced_settings.html",
        context=advanced_settings.context,
        types=EVERY_TYPE,
    ),
    Part(template="workstreams/_context_variables.html", context=context_variables.context),
    Part(template="workstreams/_assist_bots.html", context=assist_bots.context),
    Part(template="workstreams/_quick_replies.html", context=quick_replies.context),
    Part(template="workstreams/_identification.html", context=identification.context),
)


def shown_parts(parts: Iterable[Part], workstream: Workstream) -> list[dict[str, Any]]:
    """The parts this workstream has, each with its template and values."""
    return [
        {"template": part.template, "values": part.context(workstream)}
        for part in parts
        if workstream.type in part.types
    ]
