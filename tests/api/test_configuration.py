"""/configuration."""


def test_the_published_document_can_be_checked_and_published_again(as_administrator, workstream):
    as_administrator.patch(f"/workstreams/{workstream.pk}", {"name": "Chat on the site"})
    document = as_administrator.get("/configuration").json()

    checked = as_administrator.post("/configuration/validate", document)
    published = as_administrator.post("/configuration", document)

    names = [one["name"] for one in document["workstreams"]]
    assert names == ["Chat on the site"]
    assert checked.json() == {"findings": []}
    assert published.status_code == 200
    assert published.json()["created"] == []


def test_faults_are_found_and_refused(as_administrator):
    document = {"format": 1, "workstreams": [{"name": "Chat"}]}

    found = as_administrator.post("/configuration/validate", document)
    refused = as_administrator.post("/configuration", document)

    assert found.status_code == 200
    assert found.json()["findings"]
    assert refused.status_code == 422
    assert refused.json()["errors"]


def test_every_edit_is_a_version(as_administrator, workstream):
    as_administrator.patch(f"/workstreams/{workstream.pk}", {"name": "New name"})

    versions = as_administrator.get("/configuration/versions").json()["items"]

    assert versions[-1]["by"] == "ada"
    assert versions[-1].keys() == {
        *("number", "by", "at", "note", "is_scheduled", "rolled_back_to"),
    }


def test_supervisors_read_and_do_not_publish(as_supervisor):
    assert as_supervisor.get("/configuration").status_code == 200
    assert as_supervisor.post("/configuration", {}).status_code == 403


def test_a_workstream_is_shown_with_all_that_it_names(as_supervisor, as_administrator, workstream):
    as_administrator.patch(f"/workstreams/{workstream.pk}", {"keep_same_agent": True})

    document = as_supervisor.get(f"/workstreams/{workstream.pk}/configuration").json()

    assert document["scope"] == "workstream"
    assert [each["name"] for each in document["queues"]] == [workstream.fallback_queue.name]
    assert as_supervisor.get("/workstreams/999999/configuration").status_code == 404


def test_names_of_a_document_are_mapped(as_administrator, workstream):
    document = as_administrator.get(f"/workstreams/{workstream.pk}/configuration").json()
    mapping = {"workstream": {workstream.name: "Talk"}}

    checked = as_administrator.post("/configuration/validate", document | {"mapping": mapping})
    published = as_administrator.post("/configuration", document | {"mapping": mapping})

    assert checked.json() == {"findings": []}
    assert published.json()["created"] == ["workstream Talk"]


def test_a_mapping_may_not_be_anything(as_administrator, workstream):
    for mapping in (7, "x", {"queue": 7}, {"queue": {"a": ["b"]}}):
        body = {"format": 2, "mapping": mapping}
        assert as_administrator.post("/configuration", body).status_code == 422
