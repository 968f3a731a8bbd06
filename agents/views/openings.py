"""One entry of operating hours: add it, change it, remove it."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.actions.add_openings import add_openings
from agents.actions.change_opening import change_opening
from agents.actions.check_openings import MIDNIGHT
from agents.exceptions import AgentError
from agents.forms.opening import NewOpeningForm, OpeningForm, RemoveOpeningForm
from agents.models import OperatingHours, OperatingPeriod
from agents.permissions import administrator_required
from agents.templatetags.operating_hours import entry_in_words
from agents.terms import Reach
from agents.views.operating_hours import day_asked
from config.clock import database_now
from config.forms import explain_refusal
from config.pages import go_to, page_or_fragment
from config.request import AppRequest
from routing.queries.hours_week import entries_on
from routing.queries.operating_hours import as_published, days_from, with_week

UNPROCESSABLE = 422
DAYS_AHEAD = 400
NOT_ON_THAT_DAY = "These hours do not hold on that day. Look at the week again."


@require_http_methods(["GET", "POST"])
@administrator_required
def opening_create(request: AppRequest, operating_hours_id: int) -> HttpResponse:
    """Hours of one day, or repeating ones."""
    hours = get_object_or_404(OperatingHours, pk=operating_hours_id)
    form = NewOpeningForm(request.POST or None, initial={"day": request.GET.get("day", "")})

    def save() -> None:
        add_openings(
            hours_id=hours.pk, openings=form.openings(), by=request.user, now=database_now()
        )

    return _answer(request, hours, form, save, title=f"Add hours to {hours}", submit="Add hours")


@require_http_methods(["GET", "POST"])
@administrator_required
def opening_edit(request: AppRequest, operating_hours_id: int, opening_id: int) -> HttpResponse:
    """Other times on ``?day=``, from it on, or always."""
    hours, opening, day = _opening(request, operating_hours_id, opening_id)
    is_all_day = opening.start == opening.end == MIDNIGHT
    times = {} if is_all_day else {"start": opening.start, "end": opening.end}
    form = OpeningForm(request.POST or None, initial={"all_day": is_all_day, **times})

    def save() -> None:
        _change(request, opening, day, form, form.times())

    ids = {"operating_hours_id": hours.pk, "opening_id": opening.pk}
    remove_url = f"{reverse('agents:opening-remove', kwargs=ids)}?day={day}"
    more = {"text": f"Hours of {hours}.", "remove_url": remove_url}
    return _answer(request, hours, form, save, title=_title(day), submit="Save", more=more)


@require_http_methods(["GET", "POST"])
@administrator_required
def opening_remove(request: AppRequest, operating_hours_id: int, opening_id: int) -> HttpResponse:
    """No such hours on ``?day=``, from it on, or at all."""
    hours, opening, day = _opening(request, operating_hours_id, opening_id)
    form = RemoveOpeningForm(request.POST or None)

    def save() -> None:
        _change(request, opening, day, form, None)

    title = f"Remove hours on {_title(day)}?"
    more = {"text": f"{entry_in_words(opening)}.", "look": "danger"}
    return _answer(request, hours, form, save, title=title, submit="Remove", more=more)


def _change(
    request: AppRequest,
    opening: OperatingPeriod,
    day: date,
    form: forms.Form,
    times: tuple[time, time] | None,
) -> None:
    reach = Reach(form.cleaned_data["reach"])
    change_opening(
        opening=opening, day=day, reach=reach, times=times, by=request.user, now=database_now()
    )


def _opening(
    request: AppRequest, hours_id: int, opening_id: int
) -> tuple[OperatingHours, OperatingPeriod, date]:
    """The entry of the address and the day, the next one on which it holds if none is named."""
    hours = get_object_or_404(with_week(OperatingHours.objects.all()), pk=hours_id)
    published = as_published(hours)
    today = database_now().astimezone(published.time_zone).date()
    asked = day_asked(request.GET.get("day", ""))
    first, count = (asked, 1) if asked else (today, 0 if "day" in request.GET else DAYS_AHEAD)
    for day in days_from(first, count):
        for each in entries_on(hours, published, day):
            if each.pk == opening_id:
                return hours, each, day
    raise Http404(NOT_ON_THAT_DAY)


def _title(day: date) -> str:
    return f"{day:%A, %-d %B %Y}"


def _answer(
    request: AppRequest,
    hours: OperatingHours,
    form: forms.Form,
    save: Callable[[], None],
    *,
    title: str,
    submit: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    home = reverse("agents:operating-hours-detail", args=[hours.pk])
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except AgentError as refusal:
            explain_refusal(form, refusal)
        else:
            return go_to(request, home, text=f"Hours of {hours} saved.")
    context = {
        "title": title,
        "form": form,
        "action": request.get_full_path(),
        "submit_label": submit,
        "home": home,
        "hours": hours,
        **(more or {}),
    }
    folder = "agents/operating_hours"
    status = UNPROCESSABLE if form.is_bound else 200
    return page_or_fragment(
        request, f"{folder}/opening.html", f"{folder}/_opening.html", context, status=status
    )
