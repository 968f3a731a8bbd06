"""Renaming, copying and deleting a workstream, and choosing its fallback queue."""

import pytest

from tests.factories import make_chat_widget, make_item, make_queue
from workstreams.models import Workstream


def test_the_name_is_changed(as_administrator, workstream, page):
    as_administrator.post(f"{page}rename/", {"name": "Web chat", "revision": 1})

    workstream.refresh_from_db()
    assert workstream.name == "Web chat"


def test_a_copy_says_what_was_left_out(as_administrator, workstream, page):
    make_chat_widget(workstream, name="Web shop")

    shown = as_administrator.get(f"{page}copy/")
    response = as_administrator.post(f"{page}copy/", {"name": "Copy of Chat"})

    assert b"Channel instances and intake rules are not" in shown.content
    assert b'value="Copy of Chat"' in shown.content
    assert response.status_code == 303
    page_of_copy = as_administrator.get(response.url).content.decode()
    assert "1 channel instance was not copied: Web shop." in page_of_copy


def test_a_second_click_on_copy_copies_once(as_administrator, page):
    as_administrator.post(f"{page}copy/", {"name": "Copy of Chat"})
    second = as_administrator.post(f"{page}copy/", {"name": "Copy of Chat"})

    assert second.status_code == 422
    assert Workstream.objects.count() == 2


def test_an_unused_workstream_is_deleted(as_administrator, page):
    response = as_administrator.post(f"{page}delete/")

    assert (response.status_code, response.url) == (303, "/workstreams/")
    assert not Workstream.objects.exists()


def test_deletion_names_what_stands_against_it(as_administrator, workstream, page):
    item = make_item(workstream, title="Help me")

    asked = as_administrator.get(f"{page}delete/")
    refused = as_administrator.post(f"{page}delete/")
    in_dialog = as_administrator.post(f"{page}delete/", headers={"HX-Request": "true"})

    assert b"Help me" in asked.content
    assert b"Help me" in refused.content
    assert f"/work-items/{item.pk}/".encode() in refused.content
    assert (refused.status_code, in_dialog.status_code) == (409, 422)
    assert Workstream.objects.exists()


def test_a_workstream_with_finished_work_only_is_deleted(as_administrator, workstream, page, now):
    item = make_item(workstream, state="closed", closed_at=now)

    asked = as_administrator.get(f"{page}delete/")
    as_administrator.post(f"{page}delete/")

    assert b"finished work goes on naming it" in asked.content
    assert as_administrator.get(page).status_code == 404
    shown = as_administrator.get(f"/work-items/{item.pk}/").content.decode()
    assert 'Chat <span class="text-secondary">(deleted)</span>' in shown
    assert page not in shown


def test_the_fallback_queue_is_chosen_or_created(as_administrator, workstream, page):
    other = make_queue("Other")

    as_administrator.post(
        f"{page}fallback-queue/",
        {"revision": 1, "fallback": "existing", "fallback_queue": other.pk},
    )
    as_administrator.post(
        f"{page}fallback-queue/", {"revision": 2, "fallback": "new", "new_queue": "Newest"}
    )

    workstream.refresh_from_db()
    assert workstream.fallback_queue.name == "Newest"
    reminded = as_administrator.get(page).content.decode()
    assert "has no members" in reminded
    assert f'href="/queues/{workstream.fallback_queue_id}/"' in reminded


def test_a_fallback_queue_deleted_meanwhile_is_told_at_its_field(as_administrator, page):
    gone = {"revision": 1, "fallback": "existing", "fallback_queue": 99999}

    form = as_administrator.post(f"{page}fallback-queue/", gone).context["form"]

    assert form.errors["fallback_queue"] == ["This queue is no longer there. Choose another."]


def test_only_queues_of_the_type_are_offered(as_administrator, page):
    make_queue("Lines", type="voice")

    form = as_administrator.get(f"{page}fallback-queue/").context["form"]

    assert "Lines" not in [queue.name for queue in form.fields["fallback_queue"].queryset]


COMMANDS = ["rename/", "distribution/", "copy/", "delete/", "fallback-queue/"]


@pytest.mark.parametrize("command", [*COMMANDS, "channel-instances/new/"])
def test_only_administrators_change(as_supervisor, client, page, command):
    assert as_supervisor.get(f"{page}{command}").status_code == 403
    assert as_supervisor.post(f"{page}{command}").status_code == 403
    assert client.post(f"{page}{command}").status_code == 302


@pytest.mark.parametrize("command", [*COMMANDS, "channel-instances/new/"])
def test_a_dialog_has_one_root(as_administrator, page, command):
    content = as_administrator.get(f"{page}{command}", headers={"HX-Request": "true"}).content

    assert content.count(b'id="dialog-content"') == 1
    assert b"<html" not in content
