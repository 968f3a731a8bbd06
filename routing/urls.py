"""Addresses of routing: rules, versions, explanations, the floor."""

from routing.urls_documents import document_urls
from routing.urls_floor import floor_urls
from routing.urls_methods import method_urls
from routing.urls_models import model_urls
from routing.urls_rules import rule_urls
from routing.urls_versions import explanation_urls, version_urls

app_name = "routing"

urlpatterns = [
    *document_urls,
    *floor_urls,
    *explanation_urls,
    *method_urls,
    *model_urls,
    *rule_urls,
    *version_urls,
]
