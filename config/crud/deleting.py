"""The delete page: names what still uses the object, and looks again when it is sent."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpResponse

from config.clock import database_now
from config.crud.dependencies import Dependency, dependencies_of
from config.crud.noun import ConfigNoun
from config.pages import go_to, page_or_fragment, redirect_or_event, wants_fragment
from config.refusal import Refusal
from config.request import AppRequest

CONFLICT = 409
# htmx swaps no 409, and the dialog has to show the dependencies.
UNPROCESSABLE = 422


def delete_page(pages: ConfigNoun, request: AppRequest, found: Any) -> HttpResponse:
    """Ask; on POST delete, unless something uses the object by now."""
    name, dependencies = str(found), pages.dependencies(found)
    if request.method == "POST" and not dependencies:
        try:
            with transaction.atomic():
                pages.perform_delete(found, by=request.user, now=database_now())
            return _deleted_page(pages, request, f"{pages.one_capital} “{name}” deleted.")
        except (ProtectedError, RestrictedError) as error:
            dependencies = dependencies_of(error)
        except Refusal:
            # Something that uses it may have come up after the look above.
            dependencies = pages.dependencies(found)
            if not dependencies:
                raise
    return _question(pages, request, found, dependencies)


def _question(
    pages: ConfigNoun, request: AppRequest, found: Any, dependencies: Sequence[Dependency]
) -> HttpResponse:
    context = {
        "pages": pages,
        "title": f"Delete {pages.one} “{found}”?",
        "object": found,
        "dependencies": dependencies,
        "refusal": "" if dependencies else pages.refusal(found),
        "naming": [] if dependencies else pages.naming(found),
        "action": request.get_full_path(),
        "list_url": pages.url("list"),
    }
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE if wants_fragment(request) else CONFLICT
    return page_or_fragment(
        request, "crud/delete.html", "crud/_delete.html", context, status=status
    )


def _deleted_page(pages: ConfigNoun, request: AppRequest, text: str) -> HttpResponse:
    if pages.has_detail:
        return go_to(request, pages.url("list"), text=text)
    return redirect_or_event(request, pages.url("list"), event=f"{pages.noun}-deleted", text=text)
