"""Words for channels."""

from django import template

from workstreams.terms import LABELS, Channel

register = template.Library()


@register.filter
def channel_name(channel: str) -> str:
    """What people call a channel."""
    return LABELS[Channel(channel)]
