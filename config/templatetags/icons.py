"""Icons from the vendored sprite, by meaning."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = "vendor/tabler-icons/sprite.svg"


@register.simple_tag
def icon(name: str, *, label: str = "", size: str = "") -> SafeString:
    """An icon; hidden from screen readers unless it stands alone and has a label."""
    return _drawn(name, label, size)


# A page has fifty, most of them alike. A label that is safe already is not one that is yet to be
# escaped, so they are told apart by their types, too.
@lru_cache(maxsize=1024, typed=True)
def _drawn(name: str, label: str, size: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        format_html('role="img" aria-label="{}"', label) if label else _HIDDEN,
        static(SPRITE),
        name,
    )


_HIDDEN = SafeString('aria-hidden="true"')
