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
    assert versions[-1].keys() == {"number", "by", "at", "note"}


def test_supervisors_read_and_do_not_publish(as_supervisor):
    assert as_supervisor.get("/configuration").status_code == 200
    assert as_supervisor.post("/configuration", {}).status_code == 403
