"""Badges whose icon and word say the same as their colour."""

from typing import Any, Final

from django import template

register = template.Library()

Look = tuple[str, str, str]

STATES: Final[dict[str, Look]] = {
    "open": ("Open", "blue", "waiting"),
    "active": ("Active", "green", "message"),
    "waiting": ("Waiting", "yellow", "pause"),
    "wrap-up": ("Wrap-up", "purple", "note"),
    "closed": ("Closed", "neutral", "done"),
}
PRESENCES: Final[dict[str, Look]] = {
    "available": ("Available", "green", "success"),
    "busy": ("Busy", "yellow", "circle-minus"),
    "busy-dnd": ("Do not disturb", "red", "circle-minus"),
    "away": ("Away", "orange", "hours"),
    "offline": ("Offline", "neutral", "circle-x"),
    "inactive": ("Inactive", "neutral", "circle-dashed"),
}
MODES: Final[dict[str, Look]] = {
    "push": ("Push", "blue", "automatic"),
    "pick": ("Pick", "purple", "pick"),
}
CHANNEL_ICONS: Final[dict[str, str]] = {
    "voice": "voice",
    "record": "record",
    "email": "email",
    "chat": "chat",
    "live-chat": "chat",
}


@register.inclusion_tag("_components/badge.html")
def state_badge(state: str, text: str = "") -> dict[str, str]:
    """The state of a work item."""
    return _badge(STATES, state, text)


@register.inclusion_tag("_components/badge.html")
def presence_badge(base: str, text: str = "") -> dict[str, str]:
    """A presence: looks by its base presence, shows the organisation's own text."""
    return _badge(PRESENCES, base, text)


@register.inclusion_tag("_components/badge.html")
def mode_badge(mode: str) -> dict[str, str]:
    """How a workstream distributes work: push or pick."""
    return _badge(MODES, mode, "")


@register.filter
def channel_icon(channel: str) -> str:
    """The icon's name of a channel or workstream type; messages for all that is typed."""
    return CHANNEL_ICONS.get(_key(channel), "message")


def _badge(looks: dict[str, Look], value: str, text: str) -> dict[str, str]:
    key = _key(value)
    own_text, colour, icon = looks.get(key, (key.replace("-", " ").capitalize(), "neutral", "info"))
    return {"text": text or own_text, "colour": colour, "icon": icon}


def _key(value: Any) -> str:
    return str(value).lower().replace("_", "-")
