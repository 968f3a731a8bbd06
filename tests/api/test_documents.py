"""The OpenAPI document and the page made from it."""

import pytest
from django.test import Client

from config.api_urls import api

CONTRACT = [
    "get post /workstreams",
    "get patch delete /workstreams/{workstream_id}",
    "post /workstreams/{workstream_id}/copy",
    "put /workstreams/{workstream_id}/fallback-queue",
    "get put /workstreams/{workstream_id}/classification-rulesets",
    "get put /workstreams/{workstream_id}/route-to-queue-rules",
    "get put /intake-rules",
    "get post /queues",
    "get patch delete /queues/{queue_id}",
    "get post /agents",
    "get patch delete /agents/{username}",
    "get post /skills",
    "get post /rating-models",
    "get post /capacity-profiles",
    "get post /operating-hours",
    "get post /presences",
    "get post /configuration",
    "get /configuration/versions",
    "post /configuration/validate",
    "get post /work-items",
    "get /work-items/{item_id}",
    "get /work-items/{item_id}/explanation",
    "get /work-items/{item_id}/decisions/{decision_id}/replay",
    "get post /work-items/{item_id}/messages",
    "post /work-items/{item_id}/pick",
    "post /work-items/{item_id}/accept",
    "post /work-items/{item_id}/decline",
    "post /work-items/{item_id}/release",
    "post /work-items/{item_id}/end",
    "post /work-items/{item_id}/close",
    "post /work-items/{item_id}/transfer",
    "post /work-items/{item_id}/assign",
    "get put /agents/{username}/presence",
    "get /agents/me",
    "get /events",
]


@pytest.fixture
def anybody(db: None) -> Client:
    return Client()


def test_the_openapi_document_is_public(anybody):
    response = anybody.get("/api/v1/openapi.json")

    assert response.status_code == 200
    assert "/api/v1/work-items" in response.json()["paths"]


def test_the_page_lists_every_operation_without_inline_script(anybody):
    response = anybody.get("/api/v1/docs")
    page = response.content.decode()

    assert response.status_code == 200
    assert "POST /api/v1/work-items" in page
    assert "cdn" not in page.lower()
    assert "<script>" not in page


def test_operations_have_names_of_their_own():
    names = [
        operation["operationId"]
        for methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].values()
        for operation in methods.values()
    ]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("line", CONTRACT)
def test_the_contract_is_served(line):
    *methods, path = line.split()

    served = api.get_openapi_schema(path_prefix="/api/v1/")["paths"][f"/api/v1{path}"]

    assert set(methods) <= served.keys()


def test_the_document_is_built_once_a_process():
    assert api.get_openapi_schema() is api.get_openapi_schema()
