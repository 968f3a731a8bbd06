"""Addresses of versions and explanations."""

from django.urls import path

from routing.views.explanation import work_item_explanation
from routing.views.versions import version_detail, version_list

# configuration/versions/
version_urls = [
    path("configuration/versions/", version_list, name="version-list"),
    path("configuration/versions/<int:number>/", version_detail, name="version-detail"),
]
# work-items/
explanation_urls = [
    path("work-items/<int:work_item_id>/", work_item_explanation, name="work-item-explanation"),
]
