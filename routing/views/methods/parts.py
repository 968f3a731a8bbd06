"""One entry of an assignment method: its form, and moving and deleting it."""

import re
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from agents.permissions import administrator_required
from config.clock import database_now
from config.pages import client_event, go_to, page_or_fragment, wants_fragment
from config.refusal import Refusal
from config.request import AppRequest
from config.row_ids import row_id
from routing.actions.save_method import save_method
from routing.exceptions import InvalidRules
from routing.forms.methods.opened import part_now
from routing.forms.methods.part import PartForm
from routing.forms.opened import is_late
from routing.method_parts import MethodPart, PartKind, part_of, renamed_ruleset
from routing.views.methods.pages import method_page, page_of
from workstreams.models import AssignmentMethod
from workstreams.terms import MethodKind

UNPROCESSABLE: Final = 422
DROPPED: Final = re.compile(r"(before|after) (\d{1,4})", re.ASCII)
MEANWHILE: Final = (
    "Somebody else saved this method while you were editing. Your entries are kept here: save again"
    " to put them on top of the method as it is now."
)


@require_http_methods(["GET", "POST"])
@administrator_required
def assignment_method_part_create(
    request: AppRequest, assignment_method_id: int, part: str
) -> HttpResponse:
    """One more at the end of the list."""
    return _form_page(request, _method(assignment_method_id), part, None)


@require_http_methods(["GET", "POST"])
@administrator_required
def assignment_method_part_edit(
    request: AppRequest, assignment_method_id: int, part: str, number: int
) -> HttpResponse:
    """Another version of one."""
    return _form_page(request, _method(assignment_method_id), part, number)


@require_POST
@administrator_required
def assignment_method_part_move(
    request: AppRequest, assignment_method_id: int, part: str, number: int
) -> HttpResponse:
    """``to`` is up, down, or before or after another one; at an end of the list nothing moves."""
    method, found = _load(assignment_method_id, part, number)
    entries, to = found.entries, request.POST.get("to", "")
    place = _place(to, number, len(entries))
    name = entries[number - 1]["name"]
    if place != number:
        entries.insert(place - 1, entries.pop(number - 1))
        method = _save(request, method, found)
    said = f"{name} moved to {place} of {len(entries)}"
    goes_up = place > 1 if to == "up" else place == len(entries)
    moved = {"part": part, "number": place, "button": "up" if goes_up else "down"}
    return _answer(request, method, said, moved)


@require_POST
@administrator_required
def assignment_method_part_delete(
    request: AppRequest, assignment_method_id: int, part: str, number: int
) -> HttpResponse:
    """The page asks before. What the method needs, the last ruleset or rule or one that is chosen,
    stays."""
    method, found = _load(assignment_method_id, part, number)
    name = found.entries[number - 1]["name"]
    del found.entries[number - 1]
    try:
        method = _save(request, method, found)
    except InvalidRules as refusal:
        raise StillNeeded(name=name, why=refusal.findings[0]["message"]) from refusal
    return _answer(request, method, f"“{name}” deleted", {})


class StillNeeded(Refusal):
    """“{name}” cannot be deleted. {why}"""

    status = 409


def _method(method_id: int) -> AssignmentMethod:
    return get_object_or_404(AssignmentMethod, pk=method_id, kind=MethodKind.RULES)


def _load(method_id: int, slug: str, number: int) -> tuple[AssignmentMethod, MethodPart]:
    method = _method(method_id)
    return method, _found(part_of(method, slug), number)


def _found(part: MethodPart | None, number: int | None) -> MethodPart:
    if part is None or (number is not None and not 1 <= number <= len(part.entries)):
        raise Http404
    return part


def _form_page(
    request: AppRequest, method: AssignmentMethod, slug: str, number: int | None
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    gone: Refusal | None = None
    try:
        found, place = part_now(method, slug, number, sent=request.POST)
    except Refusal as late:
        # Nothing is saved into it: only the fields of its kind are shown.
        found, place, gone = part_of(method, slug) or part_of(method, "rules-1"), None, late
    part = _found(found, place)
    form, status = PartForm(method, part, place, data), 200
    command = request.POST.get("edit_conditions", "")
    if command:
        form.edit(command)
    elif data is not None:
        if _saved(request, method, form, gone):
            name = form.head.cleaned_data["name"]
            return go_to(request, page_of(method), text=f"“{name}” saved.")
        status = UNPROCESSABLE
    name = request.POST.get("opened", "") if gone else form.entry["name"]
    context = {
        "title": f"New {part.noun}" if number is None else f"Edit the {part.noun} “{name}”",
        "method": method,
        "form": form,
        "kind": part.kind.value,
        "action": request.get_full_path(),
        "list_url": page_of(method),
    }
    pages = ("routing/methods/part_form.html", "routing/methods/_part_form.html")
    response = page_or_fragment(request, *pages, context, status=status)
    said = form.conditions.said if form.conditions else ""
    return client_event(response, "announce", {"text": said}) if said else response


def _saved(
    request: AppRequest, method: AssignmentMethod, form: PartForm, gone: Refusal | None
) -> bool:
    """Whether it is saved; if not, the form says why and keeps what was typed."""
    if is_late(form.head, request.POST, method.revision, meanwhile=MEANWHILE, gone=gone):
        return False
    if not form.is_valid():
        return False
    part, entry = form.part, form.document()
    if form.number is None:
        part.entries.append(entry)
    else:
        if part.kind is PartKind.RULESETS:
            renamed_ruleset(part.document, form.entry, entry["name"])
        part.entries[form.number - 1] = entry
    try:
        _save(request, method, part)
    except Refusal as refusal:
        findings = getattr(refusal, "findings", None) or [{"message": str(refusal)}]
        for finding in findings:
            form.head.add_error(None, finding["message"])
        return False
    return True


def _save(request: AppRequest, method: AssignmentMethod, part: MethodPart) -> AssignmentMethod:
    revision = row_id(request.POST.get("revision", "")) or method.revision
    return save_method(
        document=part.document,
        method=method,
        revision=revision,
        by=request.user,
        now=database_now(),
    )


def _answer(
    request: AppRequest, method: AssignmentMethod, said: str, moved: dict[str, Any]
) -> HttpResponse:
    if not wants_fragment(request):
        return go_to(request, page_of(method), text=f"{said}.")
    return client_event(method_page(request, method, moved=moved), "announce", {"text": said})


def _place(to: str, number: int, count: int) -> int:
    """Where the entry ends up, counted from one."""
    if to in ("up", "down"):
        return min(max(number + (1 if to == "down" else -1), 1), count)
    found = DROPPED.fullmatch(to)
    if found is None:
        return number
    target = min(max(int(found[2]), 1), count)
    wanted = target + (found[1] == "after")
    return wanted - (wanted > number)
