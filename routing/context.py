"""What pages say of the draft: how much waits to be published, and by whom."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

# Pages of work, not of configuration.
ELSEWHERE: Final = ("/desk/", "/floor/", "/work-items/", "/chat/", "/accounts/", "/agents/")
WAITING: Final = """
SELECT count(*), array_agg(DISTINCT by ORDER BY by) FILTER (WHERE by <> '')
FROM routing_draftchange
"""


@dataclass(frozen=True, kw_only=True)
class DraftBar:
    """Edits that wait."""

    count: int
    people: list[str]


def draft_bar(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``draft_bar`` on pages of configuration, where something waits."""
    return {"draft_bar": SimpleLazyObject(lambda: _bar(request))}


def _bar(request: HttpRequest) -> DraftBar | None:
    user = getattr(request, "user", None)
    if not getattr(user, "may_read_configuration", False) or request.path.startswith(ELSEWHERE):
        return None
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        count, people = cursor.fetchone()
    return DraftBar(count=count, people=people or []) if count else None
