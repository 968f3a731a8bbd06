"""Addresses of routing: rules, versions, explanations, the floor."""

import importlib
import importlib.util
from typing import Any

app_name = "routing"


def _patterns(module: str, *names: str) -> list[Any]:
    if not importlib.util.find_spec(module):
        return []
    found = importlib.import_module(module)
    return [url for name in names for url in getattr(found, name, [])]


urlpatterns = [
    *_patterns("routing.urls_rules", "rule_urls"),
    *_patterns("routing.urls_versions", "version_urls", "explanation_urls"),
    *_patterns("routing.urls_floor", "floor_urls"),
]
