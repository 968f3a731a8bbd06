"""Pages of operating hours: list, form, and the page with the week and what uses it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from agents.actions.save_operating_hours import save_operating_hours
from agents.forms.operating_hours import OperatingHoursForm
from agents.models import OperatingHours
from agents.permissions import is_administrator, supervisor_required
from agents.views.definitions import DefinitionPages
from agents.views.dependencies import dependencies_of_row
from config.clock import database_now
from config.crud import Column
from config.pages import page_or_fragment
from config.request import AppRequest
from routing.actions.check_definition import check_definition
from routing.queries.hours_week import DAYS, hours_week
from routing.queries.operating_hours import as_published, hours_now, with_week

USES_SHOWN = 50


class OperatingHoursPages(DefinitionPages):
    """List, create, edit and delete; the page of one is ``operating_hours_detail``."""

    model, form_class = OperatingHours, OperatingHoursForm
    noun, icon = "operating-hours", "hours"
    title = "Operating hours"
    about = "When queues, chats, numbers and agents are open, in their own time zone."
    empty_text = "Queues without operating hours are always open."
    has_detail = True
    version_field = "revision"
    form_template = "agents/operating_hours/form.html"
    columns = (
        Column(label="Name", value="name", sort="name", is_link=True),
        Column(
            label="Now",
            value=lambda hours: hours_now(as_published(hours), database_now()),
            template="agents/operating_hours/_now.html",
        ),
        Column(label="Time zone", value="time_zone", sort="time_zone"),
        Column(label="Week", value="name", template="agents/operating_hours/_summary.html"),
        Column(label="Holidays", value=lambda hours: len(hours.holidays.all()), is_number=True),
    )

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return with_week(OperatingHours.objects.all())

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> Any:
        assert isinstance(form, OperatingHoursForm)
        return save_operating_hours(
            hours=form.save(commit=False),
            periods=form.periods(),
            holidays=form.holidays(),
            by=by,
            now=now,
            check=check_definition,
        )


@require_GET
@supervisor_required
def operating_hours_detail(request: AppRequest, operating_hours_id: int) -> HttpResponse:
    """Open or closed now, a week as a picture (``?from=`` another one), and what uses it."""
    rows = with_week(OperatingHours.objects.all())
    hours, now = get_object_or_404(rows, pk=operating_hours_id), database_now()
    published = as_published(hours)
    today = now.astimezone(published.time_zone).date()
    first = day_asked(request.GET.get("from", "")) or today
    uses = dependencies_of_row(hours)
    context = {
        "title": hours.name,
        "hours": hours,
        "now": hours_now(published, now),
        "week": hours_week(hours, first, now),
        "first": first,
        "is_this_week": first == today,
        "earlier": first - timedelta(days=DAYS),
        "later": first + timedelta(days=DAYS),
        "certain_days": [each for each in hours.periods.all() if each.valid_from or each.except_on],
        "uses": uses[:USES_SHOWN],
        "use_count": len(uses),
        "can_write": is_administrator(request.user),
    }
    folder = "agents/operating_hours"
    return page_or_fragment(request, f"{folder}/detail.html", f"{folder}/_week_card.html", context)


def day_asked(text: str) -> date | None:
    """A day of the address; None for what is none that people plan for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 2999 else None
