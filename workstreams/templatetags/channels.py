"""Words for channels."""

import json
from shlex import quote

from django import template

from config.locales import language_name
from workstreams.channels.accounts import ACCOUNTS
from workstreams.models import ChannelInstance, Workstream
from workstreams.terms import LABELS, Channel

register = template.Library()


@register.filter
def channel_name(channel: str) -> str:
    """What people call a channel."""
    return LABELS[Channel(channel)]


@register.filter
def language(locale: str) -> str:
    """A language by its name."""
    return language_name(locale)


@register.simple_tag
def account_of(instance: ChannelInstance, workstream: Workstream) -> dict[str, str]:
    """What names the instance with its provider: its label and value; empty without one."""
    account = ACCOUNTS.get(workstream.channel)
    value = str(instance.settings.get(account.key, "")) if account else ""
    return {"label": account.label, "value": value} if account and value else {}


@register.simple_tag
def api_example(
    base_url: str, workstream: Workstream, instance: ChannelInstance | None = None
) -> str:
    """A shell command that creates a work item as the channel's adapter would."""
    body = {
        "workstream": workstream.name,
        "title": "Where is my order?",
        "customer": {"name": "Ada", "phone": "+4930123456"},
        **({"channel_instance": instance.slug} if instance else {}),
    }
    return " \\\n  ".join(
        [
            f"curl -X POST {base_url}/api/v1/work-items",
            '-H "Authorization: Bearer $TOKEN"',
            '-H "Content-Type: application/json"',
            f"-d {quote(json.dumps(body, ensure_ascii=False))}",
        ]
    )
