"""Names of a document that stand for something else here, asked for on a page."""

from routing import configuration
from tests.factories import make_queue, make_skill, make_workstream
from tests.routing.views.sent_documents import PAGE, document_of, fingerprint_of, send, text_of
from workstreams.models import Queue, Workstream


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


def test_a_record_workstream_names_others(as_administrator, published, now):
    make_workstream("Cases", type="record")
    configuration.publish(by=None, now=now)

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
