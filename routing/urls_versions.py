"""Addresses of versions and explanations."""

from django.urls import path

from routing.views.checks import checks_page, workstream_checks
from routing.views.decision import decision_page
from routing.views.explanation import work_item_explanation
from routing.views.review import draft, roll_back
from routing.views.versions import version_compare, version_detail, version_list

# configuration/versions/
version_urls = [
    path("configuration/versions/", version_list, name="version-list"),
    path("configuration/versions/compare/", version_compare, name="version-compare"),
    path("configuration/versions/draft/", draft.draft_page, name="draft"),
    path("configuration/versions/draft/discard/", draft.draft_discard, name="draft-discard"),
    path(
        "configuration/versions/scheduled/<int:publication_id>/cancel/",
        draft.publication_cancel,
        name="publication-cancel",
    ),
    path("configuration/versions/<int:number>/", version_detail, name="version-detail"),
    path(
        "configuration/versions/<int:number>/roll-back/",
        roll_back.version_roll_back,
        name="version-roll-back",
    ),
    path("checks/", checks_page, name="checks"),
    path("checks/workstreams/<int:workstream_id>/", workstream_checks, name="workstream-checks"),
]
# work-items/
explanation_urls = [
    path(
        "work-items/<int:work_item_id>/decisions/<int:decision_id>/",
        decision_page,
        name="decision",
    ),
    path("work-items/<int:work_item_id>/", work_item_explanation, name="work-item-explanation"),
]
