"""Pages of the configuration document: out of here, and in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from routing import configuration
from routing.models import ConfigurationVersion, UploadedDocument
from tests.factories import make_queue, make_skill, make_user, make_workstream
from workstreams.models import Queue, Workstream

PAGE = "/configuration/document/"


@pytest.fixture
def published(workstream, now):
    configuration.publish(by=None, now=now)
    return workstream


def document_of(workstream):
    return json.loads(configuration.export_workstream(workstream.pk))


def send(browser, document):
    """Uploads it as pasted text; answers the address of the dry run."""
    text = document if isinstance(document, str) else json.dumps(document)
    response = browser.post(PAGE, {"text": text})
    assert response.status_code == 303, response.content.decode()
    return response["Location"]


def text_of(response):
    return " ".join(response.content.decode().split())


def fingerprint_of(response):
    return response.context["plan"].fingerprint


def test_all_configuration_is_downloaded(as_supervisor, published):
    response = as_supervisor.get(reverse("routing:document-export"))

    assert response["Content-Disposition"] == 'attachment; filename="configuration-1.json"'
    assert response.content.decode() == configuration.export()


def test_a_workstream_is_downloaded_from_its_row_and_from_the_page(as_supervisor, published):
    by_row = as_supervisor.get(reverse("routing:workstream-export", args=[published.pk]))
    by_page = as_supervisor.get(
        reverse("routing:document-export"), {"workstream": str(published.pk)}
    )

    assert by_row["Content-Disposition"] == 'attachment; filename="chat.json"'
    assert by_row.content == by_page.content
    assert json.loads(by_row.content)["scope"] == "workstream"


def test_a_strange_workstream_is_not_found(as_supervisor, published):
    response = as_supervisor.get(reverse("routing:document-export"), {"workstream": "x" * 99})

    assert response.status_code == 404


def test_agents_may_not_look(as_agent):
    assert as_agent.get(PAGE).status_code == 403


def test_supervisors_export_and_do_not_import(as_supervisor, published):
    assert "Look at it" not in as_supervisor.get(PAGE).content.decode()
    assert as_supervisor.post(PAGE, {"text": "{}"}).status_code == 403


def test_the_dry_run_says_what_would_be_created_and_changed(as_administrator, published):
    document = document_of(published)
    document["workstreams"][0]["keep_same_agent"] = True
    document["queues"].append({"name": "Care", "type": "messaging"})

    text = text_of(as_administrator.get(send(as_administrator, document)))

    assert "<li>Queue “Care”</li>" in text
    assert "<td>keep same agent</td> <td>no</td> <td>yes</td>" in text
    assert not Queue.objects.filter(name="Care").exists()


def test_a_file_is_taken_too(as_administrator, published):
    file = SimpleUploadedFile("chat.json", json.dumps(document_of(published)).encode())

    response = as_administrator.post(PAGE, {"file": file})

    assert response.status_code == 303
    assert UploadedDocument.objects.get().name == "chat.json"


def test_importing_writes_everything_and_says_so(as_administrator, published):
    document = document_of(published)
    document["queues"].append({"name": "Care", "type": "messaging"})
    address = send(as_administrator, document)
    fingerprint = fingerprint_of(as_administrator.get(address))

    response = as_administrator.post(f"{address}import/", {"fingerprint": fingerprint}, follow=True)

    assert "Imported: 1 created, 0 changed." in text_of(response)
    assert "The queue “Care” is new and has no members." in text_of(response)
    assert ConfigurationVersion.objects.get(number=2).by == "ada"
    assert not UploadedDocument.objects.exists()


def test_a_missing_queue_is_mapped_to_one_that_is_here(as_administrator, published):
    document = document_of(published)
    document["workstreams"][0] |= {"name": "Talk", "fallback_queue": "Nowhere"}
    document["queues"] = []
    make_queue("Care")
    address = send(as_administrator, document)
    asked = text_of(as_administrator.get(address))

    as_administrator.post(address, {"to:queue:Nowhere": "Care"})
    fingerprint = fingerprint_of(as_administrator.get(address))
    as_administrator.post(f"{address}import/", {"fingerprint": fingerprint})

    assert "Queue “Nowhere”" in asked
    assert "Import</button>" not in asked
    assert Workstream.objects.get(name="Talk").fallback_queue.name == "Care"


def test_only_queues_of_the_workstreams_type_are_proposed(as_administrator, published):
    document = document_of(published)
    document["workstreams"][0]["fallback_queue"] = "Nowhere"
    make_queue("Calls", type="voice")

    text = text_of(as_administrator.get(send(as_administrator, document)))

    assert '<option value="Calls"' not in text
    assert "Create “Nowhere”, empty" in text


def test_a_missing_queue_is_created_empty(as_administrator, published):
    document = document_of(published)
    document["workstreams"][0] |= {"name": "Talk", "fallback_queue": "Nowhere"}
    address = send(as_administrator, document)
    as_administrator.post(address, {"to:queue:Nowhere": "Nowhere"})

    fingerprint = fingerprint_of(as_administrator.get(address))
    as_administrator.post(f"{address}import/", {"fingerprint": fingerprint})

    assert Queue.objects.get(name="Nowhere").type == "messaging"


def test_a_workstream_gets_another_name(as_administrator, published):
    document = document_of(published)
    document["workstreams"][0]["keep_same_agent"] = True
    address = send(as_administrator, document)
    as_administrator.post(address, {"to:workstream:Chat": "Chat (Berlin)"})

    fingerprint = fingerprint_of(as_administrator.get(address))
    as_administrator.post(f"{address}import/", {"fingerprint": fingerprint})

    assert Workstream.objects.get(name="Chat (Berlin)").keep_same_agent
    assert not Workstream.objects.get(name="Chat").keep_same_agent


def test_what_changed_meanwhile_is_shown_again(as_administrator, published, now):
    document = document_of(published)
    document["workstreams"][0]["keep_same_agent"] = True
    address = send(as_administrator, document)
    fingerprint = fingerprint_of(as_administrator.get(address))
    Workstream.objects.update(skill_matching="none")
    configuration.publish(by=None, now=now)

    response = as_administrator.post(f"{address}import/", {"fingerprint": fingerprint})

    assert response.status_code == 409
    assert "The configuration was changed meanwhile." in text_of(response)
    assert "<td>skill matching</td> <td>none</td> <td>exact</td>" in text_of(response)
    assert not Workstream.objects.get().keep_same_agent


def test_what_only_administrators_may_change_is_told_before(client, published):
    person = make_user("cleo")
    person.may_change_secure_columns = True
    person.save()
    client.force_login(person)
    document = {"format": 2, "capacity_profiles": [{"name": "Chats", "limit": 0}]}

    page = client.get(send(client, document))

    assert page.context["plan"] is None
    assert "Only administrators may create or change this." in text_of(page)


def test_what_changed_meanwhile_is_shown_in_place(as_administrator, published):
    document = document_of(published)
    document["workstreams"][0]["keep_same_agent"] = True
    address = send(as_administrator, document)

    response = as_administrator.post(
        f"{address}import/", {"fingerprint": "of yesterday"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 422
    assert "The configuration was changed meanwhile." in text_of(response)
    assert "<html" not in text_of(response)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Choose a file, or paste the document."),
        ("{\n  oops", "This is not JSON: line 2, column 3"),
        ('{"format": 2, "format": 2}', "The key format stands twice in one object."),
        ("[" * 100_000, "This is nested too deeply."),
    ],
)
def test_what_is_no_document_is_told_at_once(as_administrator, text, sentence):
    response = as_administrator.post(PAGE, {"text": text})

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not UploadedDocument.objects.exists()


def test_a_file_that_is_too_large_is_refused(as_administrator):
    file = SimpleUploadedFile("large.json", b"[" + b" " * (10 * 1024 * 1024) + b"]")

    response = as_administrator.post(PAGE, {"file": file})

    assert response.status_code == 422
    assert "A document has at most 10 MB." in text_of(response)


def test_other_pages_take_no_files(as_administrator):
    file = SimpleUploadedFile("chat.json", b"{}")

    assert as_administrator.post("/workstreams/new/", {"file": file}).status_code == 400


def test_a_fault_is_told_with_its_line_and_the_text_can_be_mended(as_administrator, published):
    document = document_of(published)
    document["workstreams"][0]["colour"] = "red"
    address = send(as_administrator, json.dumps(document, indent=2))

    response = as_administrator.get(address)

    line = json.dumps(document, indent=2).split('"colour"')[0].count("\n") + 1
    assert f'<td class="is-number">{line}</td>' in text_of(response)
    assert "There is no field colour here." in text_of(response)
    mended = as_administrator.get(PAGE, {"mend": address.split("/")[-2]})
    assert "colour" in mended.content.decode()


def test_a_document_is_its_owners(as_administrator, published, client):
    address = send(as_administrator, document_of(published))
    UploadedDocument.objects.update(by=other_administrator())

    assert as_administrator.get(address).status_code == 404
    assert as_administrator.post(f"{address}import/").status_code == 404


def other_administrator():
    return make_user("bob", "administrator")


def test_a_document_is_thrown_away(as_administrator, published):
    address = send(as_administrator, document_of(published))

    as_administrator.post(f"{address}discard/")

    assert not UploadedDocument.objects.exists()


def test_strange_names_of_fields_are_left_alone(as_administrator, published):
    address = send(as_administrator, document_of(published))

    response = as_administrator.post(
        address, {"to:": "x", "to:fish:a": "b", "to:queue:\0": "\0", "to:queue:Support": " "}
    )

    assert response.status_code in (302, 303, 400)
    assert as_administrator.get(address).status_code == 200


def test_a_missing_skill_of_a_rule_is_mapped(as_administrator, published):
    make_skill("Spanish")
    document = document_of(published)
    rule = {"name": "r", "when": {}, "then": {"skills": [{"skill": "Español", "rating": 5}]}}
    document["workstreams"][0]["classification"] = [
        {"name": "c", "kind": "logical", "rules": [rule]}
    ]
    address = send(as_administrator, document)
    as_administrator.post(address, {"to:skill:Español": "Spanish"})

    plan = as_administrator.get(address).context["plan"]

    assert "needs Spanish 5" in plan.changed[0].differences[-1].after


def test_a_record_workstream_names_others(as_administrator, published):
    make_workstream("Cases", type="record")
    response = as_administrator.get(PAGE)

    assert ">Cases</option>" in response.content.decode()


def test_a_new_queue_of_the_document_can_be_one_that_is_here(as_administrator, published):
    make_queue("Care")
    document = document_of(published)
    document["queues"].append({"name": "Help", "type": "messaging"})
    address = send(as_administrator, document)
    asked = text_of(as_administrator.get(address))

    as_administrator.post(address, {"to:queue:Help": "Care"})

    assert 'name="to:queue:Help"' in asked
    assert as_administrator.get(address).context["plan"].changes_nothing


def test_a_name_that_cannot_be_is_asked_for_again(as_administrator, published):
    address = send(as_administrator, document_of(published) | {"queues": []})
    as_administrator.post(address, {"to:workstream:Chat": "x" * 300})

    text = text_of(as_administrator.get(address))

    assert "Should be a text of at most 100 characters." in text
    assert 'name="to:workstream:Chat"' in text
