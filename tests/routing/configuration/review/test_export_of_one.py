"""One workstream is exported as it is in force, like all of them together."""

import json

import pytest

from routing import configuration
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.models import Workstream


def test_what_waits_for_review_is_in_no_document_of_it(reviewed, save_routes, publish):
    save_routes(Gold="Support")
    before = configuration.workstream_document(reviewed.pk)
    whole = configuration.document()
    publish()

    [entry] = before["workstreams"]
    assert entry == next(each for each in whole["workstreams"] if each["name"] == "Chat")
    assert not entry.get("route_to_queue")
    [entry] = configuration.workstream_document(reviewed.pk)["workstreams"]
    assert entry["route_to_queue"]


def test_a_name_that_waits_for_review_is_not_said(reviewed, administrator, now):
    edit_workstream(workstream=reviewed, name="Talk", by=administrator, now=now)

    document = json.loads(configuration.export_workstream(reviewed.pk))

    assert [each["name"] for each in document["workstreams"]] == ["Chat"]


def test_one_that_waits_for_review_is_there_for_nobody(drafted_workstream, publish):
    with pytest.raises(Workstream.DoesNotExist):
        configuration.workstream_document(drafted_workstream.pk)
    publish()

    [entry] = configuration.workstream_document(drafted_workstream.pk)["workstreams"]
    assert entry["name"] == "Shop"


def test_pages_offer_no_export_of_it_before(client, administrator, drafted_workstream, publish):
    client.force_login(administrator)
    export = f"/workstreams/{drafted_workstream.pk}/export/"
    pages = ["/workstreams/", f"/workstreams/{drafted_workstream.pk}/", "/configuration/document/"]
    marks = [export, export, f'<option value="{drafted_workstream.pk}">']

    def said():
        there = [
            mark in client.get(page).content.decode()
            for page, mark in zip(pages, marks, strict=True)
        ]
        return client.get(export).status_code, there

    before = said()
    publish()

    assert before == (404, [False] * 3)
    assert said() == (200, [True] * 3)
