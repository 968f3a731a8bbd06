"""The pages of assignment methods, and what browsers send of their forms."""

from typing import Any

from django.urls import reverse

from workstreams.models import AssignmentMethod


def address(page: str, method: AssignmentMethod, **more: Any) -> str:
    kwargs = {"assignment_method_id": method.pk, **more}
    return reverse(f"routing:assignment-method-{page}", kwargs=kwargs)


def sent(response: Any, **changes: str) -> dict[str, Any]:
    """What a browser sends of the form in the answer."""
    form = response.context["form"]
    found: dict[str, Any] = {name: form.head[name].value() for name in form.head.fields}
    for part in (form.bucket, form.orders, form.choice):
        found |= {name: part[name].value() or "" for name in part.fields} if part else {}
    if form.conditions:
        root = form.conditions.root
        found |= {"c-join": root.join, "c-about": "", "c-bare": "1" if root.is_bare else "0"}
        for each in form.conditions.rows:
            found |= {f"{each.prefix}-{name}": each[name].value() or "" for name in each.fields}
    return found | changes
