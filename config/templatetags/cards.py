"""The card as a block tag: `{% card "Queues" icon="queue" %}...{% endcard %}`."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def card(content: str, title: str = "", **options: Any) -> SafeString:
    """A card; options: id, icon, text, count, action_url, action_label, action_dialog, flush."""
    context = {"content": content, "title": title, **options}
    return render_to_string("_components/card.html", context)
