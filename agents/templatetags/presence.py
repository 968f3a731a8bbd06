"""The presence control of the top bar."""

from typing import Any

from django import template

from agents.permissions import agent_of
from agents.queries.presence_choices import presence_control as control_of

register = template.Library()


@register.inclusion_tag("agents/presence/_topbar.html", takes_context=True)
def presence_control(context: dict[str, Any]) -> dict[str, Any]:
    """The control for enabled agents; nothing for everybody else."""
    request = context.get("request")
    agent = agent_of(getattr(request, "user", None))
    return {
        "control": control_of(agent.pk) if agent else None,
        "csrf_token": context.get("csrf_token"),
    }
