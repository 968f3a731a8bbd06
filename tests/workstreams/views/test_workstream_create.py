"""The dialog that creates a workstream."""

import pytest

from workstreams.models import Queue, RecordType, Workstream

NEW = "/workstreams/new/"


@pytest.fixture
def typed(queue):
    """What an administrator types for a chat workstream."""
    return {
        "name": "Shop chat",
        "type": "messaging",
        "channel": "live_chat",
        "distribution_mode": "push",
        "fallback": "existing",
        "queue_messaging": queue.pk,
    }


def test_a_workstream_is_created_and_its_page_opens(as_administrator, typed, queue):
    response = as_administrator.post(NEW, typed)

    workstream = Workstream.objects.get()
    assert (response.status_code, response.url) == (303, f"/workstreams/{workstream.pk}/")
    assert workstream.fallback_queue == queue
    page = as_administrator.get(response.url).content.decode()
    assert "Set up the channel" in page
    assert "has no members" in page
    assert "Set up chat" in page
    assert f'href="/queues/{queue.pk}/"' in page


def test_htmx_is_led_to_the_page(as_administrator, typed):
    response = as_administrator.post(NEW, typed, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == f"/workstreams/{Workstream.objects.get().pk}/"


def test_a_new_queue_is_created_on_the_way(as_administrator, typed):
    as_administrator.post(NEW, typed | {"fallback": "new", "new_queue": "Shop"})

    assert Workstream.objects.get().fallback_queue.name == "Shop"


def test_voice_is_push_and_needs_no_mode(as_administrator, typed):
    queue = Queue.objects.get(type="voice")

    as_administrator.post(NEW, typed | {"type": "voice", "queue_voice": queue.pk})

    workstream = Workstream.objects.get()
    assert (workstream.distribution_mode, workstream.channel) == ("push", "voice")


def test_the_dialog_says_why_calls_are_pushed(as_administrator):
    assert b"because calls are always offered" in as_administrator.get(NEW).content


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"type": "voice", "distribution_mode": "pick"}, "distribution_mode"),
        ({"type": "voice", "channel": "sms"}, "channel"),
        ({"type": "record", "channel": "sms"}, "channel"),
        ({"channel": "sms", "persistent_chat": "on"}, "persistent_chat"),
        ({"record_type": "1"}, "record_type"),
        ({"new_queue": "X"}, "new_queue"),
    ],
)
def test_a_hidden_field_that_was_chosen_is_named(as_administrator, typed, chosen, field):
    response = as_administrator.post(NEW, typed | chosen)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Workstream.objects.exists()


@pytest.mark.usefixtures("record_routing")
def test_what_a_form_without_scripts_sends_untouched_is_ignored(as_administrator, typed):
    queue, case = Queue.objects.get(type="record"), RecordType.objects.get(name="case")
    left = {"channel": "live_chat", "new_queue": "", "queue_messaging": typed["queue_messaging"]}

    response = as_administrator.post(
        NEW, typed | left | {"type": "record", "record_type": case.pk, "queue_record": queue.pk}
    )

    workstream = Workstream.objects.get()
    assert response.status_code == 303
    assert (workstream.channel, workstream.record_type, workstream.fallback_queue) == (
        "record",
        case,
        queue,
    )


def test_fields_of_one_case_say_so(as_administrator, record_routing):
    fields = as_administrator.get(NEW).context["form"].fields

    assert "For record workstreams only" in fields["record_type"].help_text
    assert "For “Create new” only" in fields["new_queue"].help_text


def test_a_queue_deleted_meanwhile_is_told_at_its_field(as_administrator, typed, queue):
    form = as_administrator.post(NEW, typed | {"queue_messaging": 99999}).context["form"]

    assert form.errors == {"queue_messaging": ["This queue is no longer there. Choose another."]}


def test_records_have_to_be_switched_on_first(as_administrator, typed):
    queue, case = Queue.objects.get(type="record"), RecordType.objects.get(name="case")

    response = as_administrator.post(
        NEW, typed | {"type": "record", "record_type": case.pk, "queue_record": queue.pk}
    )

    errors = response.context["form"].errors["record_type"]
    assert response.status_code == 422
    assert 'href="/service-configuration/"' in errors[0]
    assert b'<a href="/service-configuration/">' in response.content
    assert not Workstream.objects.exists()


def test_the_built_in_queue_is_chosen_beforehand(as_administrator):
    form = as_administrator.get(NEW).context["form"]

    for type_ in ("messaging", "record", "voice"):
        built_in = Queue.objects.get(type=type_, is_default=True)
        assert form[f"queue_{type_}"].value() == built_in.pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"type": ""}, "type"),
        ({"type": "record"}, "record_type"),
        ({"channel": "pigeon"}, "channel"),
        ({"distribution_mode": ""}, "distribution_mode"),
        ({"queue_messaging": ""}, "queue_messaging"),
        ({"fallback": "new"}, "new_queue"),
        ({"fallback": "new", "new_queue": "support"}, "new_queue"),
    ],
)
def test_errors_stand_at_their_fields_and_entries_stay(as_administrator, typed, wrong, field):
    response = as_administrator.post(NEW, typed | wrong)

    form = response.context["form"]
    assert response.status_code == 422
    assert field in form.errors
    if field != "name":
        assert form["name"].value() == "Shop chat"
    assert not Workstream.objects.exists()


def test_a_taken_name_leaves_no_queue_behind(as_administrator, typed, workstream):
    response = as_administrator.post(
        NEW, typed | {"name": "CHAT", "fallback": "new", "new_queue": "Orphan"}
    )

    assert response.context["form"].errors.keys() == {"name"}
    assert not Queue.objects.filter(name="Orphan").exists()


def test_the_dialog_has_one_root(as_administrator):
    content = as_administrator.get(NEW, headers={"HX-Request": "true"}).content.decode().strip()

    assert content.startswith("<div") or content.startswith("<!--")
    assert content.count('id="dialog-content"') == 1
    assert "<html" not in content


def test_only_administrators_create(as_supervisor, as_agent, client, typed):
    assert as_supervisor.post(NEW, typed).status_code == 403
    assert as_agent.get(NEW).status_code == 403
    assert client.get(NEW).status_code == 302
    assert not Workstream.objects.exists()
