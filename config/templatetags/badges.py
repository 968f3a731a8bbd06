"""Badges whose icon and word say the same as their colour."""

from functools import lru_cache
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

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


@register.simple_tag
def state_badge(state: str, text: str = "") -> SafeString:
    """The state of a work item."""
    return _badge(STATES, state, text)


@register.simple_tag
def presence_badge(base: str, text: str = "") -> SafeString:
    """A presence: looks by its base presence, shows the organisation's own text."""
    return _badge(PRESENCES, base, text)


@register.simple_tag
def mode_badge(mode: str) -> SafeString:
    """How a workstream distributes work: push or pick."""
    return _badge(MODES, mode, "")


@register.filter
def channel_icon(channel: str) -> str:
    """The icon's name of a channel or workstream type; messages for all that is typed."""
    return CHANNEL_ICONS.get(_key(channel), "message")


def _badge(looks: dict[str, Look], value: str, text: str) -> SafeString:
    key = _key(value)
    own_text, colour, icon = looks.get(key, (key.replace("-", " ").capitalize(), "neutral", "info"))
    return _written(text or own_text, colour, icon)


@lru_cache(maxsize=2048, typed=True)
def _written(text: str, colour: str, icon: str) -> SafeString:
    """Once: a list has hundreds of the same few."""
    return render_to_string(
        "_components/badge.html", {"text": text, "colour": colour, "icon": icon}
    )


def _key(value: Any) -> str:
    return str(value).lower().replace("_", "-")
