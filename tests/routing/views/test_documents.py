"""Pages of the configuration document: out of here, and in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from routing import configuration
from routing.models import ConfigurationVersion, UploadedDocument
from tests.factories import make_user
from tests.routing.views.sent_documents import PAGE, document_of, fingerprint_of, send, text_of
from workstreams.models import Queue, Workstream


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
