"""What templates name is there, also on branches that no other test goes along."""

import re
from typing import Final

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from config.env import BASE_DIRECTORY

TEMPLATES: Final = BASE_DIRECTORY / "templates"
NAMED: Final = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def test_every_template_that_another_one_names_is_there() -> None:
    missing = [
        f"{template.relative_to(TEMPLATES)} names {name}"
        for template in TEMPLATES.rglob("*.html")
        for name in NAMED.findall(template.read_text())
        if not _is_there(name)
    ]

    assert missing == []


def _is_there(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
