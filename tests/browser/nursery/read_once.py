"""All that a process of the product reads before it serves; nothing of it speaks to a database."""

import django
import uvicorn  # noqa: F401  # read here, run later
from django.template.loader import get_template
from django.urls import get_resolver

from config.env import BASE_DIRECTORY

django.setup()

# isort: split
# Django is set up by now, so what reads models may be imported.
import config.live.hub  # noqa: E402, F401
import routing.management.commands.run_router  # noqa: E402, F401

TEMPLATES = BASE_DIRECTORY / "templates"

assert get_resolver().reverse_dict
for path in TEMPLATES.rglob("*.html"):
    get_template(str(path.relative_to(TEMPLATES)))
