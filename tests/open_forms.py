"""Rows with a form that two people may have open at once."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.db.models import Model
from django.urls import reverse

from agents.models import Presence, RatingModel, SkillType
from tests.factories import make_attribute, make_profile, make_record, make_skill
from workstreams.models import Account, Contact

Values = dict[str, Any]
# The noun, a row of it, what somebody else saves meanwhile, and what is typed.
ROWS: Final[dict[str, tuple[str, Callable[[], Model], Values, Values]]] = {
    "skill": ("agents", make_skill, {"description": "Spoken"}, {"name": "French"}),
    "skill-type": (
        "agents",
        lambda: SkillType.objects.create(name="Tongues"),
        {"name": "Languages"},
        {"name": "Talk"},
    ),
    "rating-model": (
        "agents",
        lambda: RatingModel.objects.create(name="Stars", minimum=1, maximum=5),
        {"maximum": 9},
        {"name": "Points"},
    ),
    "capacity-profile": ("agents", make_profile, {"work_item_limit": 7}, {"name": "Calls"}),
    "presence": (
        "agents",
        lambda: Presence.objects.create(name="lunch", text="Lunch", base="away"),
        {"base": "busy"},
        {"text": "Out"},
    ),
    "agent-attribute": ("agents", make_attribute, {"description": "Where"}, {"name": "House"}),
    "contact": (
        "workstreams",
        lambda: Contact.objects.create(name="Ada", data={"tier": "gold"}),
        {"is_active": False},
        {"name": "Grace"},
    ),
    "account": (
        "workstreams",
        lambda: Account.objects.create(name="Contoso"),
        {"data": {"tier": "gold"}},
        {"name": "Fabrikam"},
    ),
    "record": (
        "workstreams",
        lambda: make_record(
            description="One line\nand another",
            contact=Contact.objects.create(name="Ada"),
            account=Account.objects.create(name="Contoso"),
        ),
        {"is_active": False},
        {"title": "Lost parcel"},
    ),
}


def address_of(row: Model, app: str, noun: str) -> str:
    return reverse(f"{app}:{noun}-edit", args=[row.pk])


def form_of(page: Any) -> Values:
    """What a browser sends back of the page when nothing is typed."""
    values = {each.html_name: each.value() for each in page.context["form"]}
    sent = {name: _typed(value) for name, value in values.items() if value not in (None, False)}
    return {**sent, "loaded_version": page.context["loaded_version"]}


def _typed(value: Any) -> Any:
    """Lines as browsers end them."""
    return re.sub(r"\r?\n", "\r\n", value) if isinstance(value, str) else value
