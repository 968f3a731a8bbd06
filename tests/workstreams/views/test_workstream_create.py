"""The dialog that creates a workstream."""

import pytest

from workstreams.models import Queue, Workstream

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


def test_htmx_is_led_to_the_page(as_administrator, typed):
    response = as_administrator.post(NEW, typed, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == f"/workstreams/{Workstream.objects.get().pk}/"


def test_a_new_queue_is_created_on_the_way(as_administrator, typed):
    as_administrator.post(NEW, typed | {"fallback": "new", "new_queue": "Shop"})

    assert Workstream.objects.get().fallback_queue.name == "Shop"


def test_voice_is_pushed_whatever_the_hidden_field_says(as_administrator, typed):
    queue = Queue.objects.get(type="voice")

    as_administrator.post(
        NEW, typed | {"type": "voice", "distribution_mode": "pick", "queue_voice": queue.pk}
    )

    workstream = Workstream.objects.get()
    assert (workstream.distribution_mode, workstream.channel) == ("push", "voice")


def test_hidden_fields_are_not_saved(as_administrator, typed):
    as_administrator.post(
        NEW, typed | {"channel": "sms", "persistent_chat": "on", "new_queue": "X"}
    )

    workstream = Workstream.objects.get()
    assert workstream.persistent_chat is False
    assert not Queue.objects.filter(name="X").exists()


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
