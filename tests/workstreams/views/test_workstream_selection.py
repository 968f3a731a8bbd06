"""Commands on workstreams selected in the list."""

import pytest

from tests.factories import make_chat_widget, make_workstream
from workstreams.models import Workstream

SELECTED = "/workstreams/selected/"
DIALOG = {"HX-Request": "true"}


def chosen(*workstreams, **more):
    return {"workstream": [workstream.pk for workstream in workstreams], **more}


@pytest.mark.parametrize(
    ("command", "page"),
    [("edit", ""), ("copy", "copy/"), ("fallback-queue", "fallback-queue/"), ("delete", "delete/")],
)
def test_one_leads_to_the_page_of_the_command(as_administrator, workstream, command, page):
    response = as_administrator.get(SELECTED, chosen(workstream, command=command))

    assert response.url == f"/workstreams/{workstream.pk}/{page}"


def test_in_the_dialog_edit_leaves_for_the_page(as_administrator, workstream):
    response = as_administrator.get(SELECTED, chosen(workstream, command="edit"), headers=DIALOG)

    assert response["HX-Redirect"] == f"/workstreams/{workstream.pk}/"


@pytest.mark.parametrize("command", ["copy", "delete"])
def test_several_are_asked_about_by_name(as_administrator, workstream, command):
    other = make_workstream("Other")

    page = as_administrator.get(
        SELECTED, chosen(workstream, other, command=command), follow=True
    ).content

    assert b"Chat" in page
    assert b"Other" in page
    assert Workstream.objects.count() == 2


@pytest.mark.parametrize("command", ["edit", "fallback-queue"])
def test_edit_and_fallback_queue_take_one(as_administrator, workstream, command):
    several = chosen(workstream, make_workstream("Other"), command=command)

    assert b"one workstream only" in as_administrator.get(SELECTED, several, follow=True).content
    in_dialog = as_administrator.get(SELECTED, several, headers=DIALOG)
    assert (in_dialog.status_code, "one workstream only" in in_dialog["HX-Trigger"]) == (204, True)


@pytest.mark.parametrize("ids", [[], ["x"], ["99999999999999999999"], ["0"]])
def test_nothing_selected_is_said(as_administrator, workstream, ids):
    response = as_administrator.get(SELECTED, {"workstream": ids, "command": "copy"}, follow=True)

    assert b"Select a workstream first" in response.content


def test_each_copy_says_what_was_left_out(as_administrator, workstream):
    make_chat_widget(workstream, name="Web shop")
    other = make_workstream("Other")

    response = as_administrator.post(f"{SELECTED}copy/", chosen(workstream, other))

    page = response.content.decode()
    assert "“Copy of Chat” created." in page
    assert "1 channel instance was not copied: Web shop." in page
    assert "“Copy of Other” created." in page


def test_what_is_in_use_stays_and_the_others_go(as_administrator, workstream):
    make_chat_widget(workstream, name="Web shop")
    other = make_workstream("Other")

    response = as_administrator.post(
        f"{SELECTED}delete/", chosen(workstream, other), headers=DIALOG
    )

    page = response.content.decode()
    assert page.strip().startswith('<div class="dialog__content" id="dialog-content">')
    assert "“Other” deleted." in page
    assert "Channel instance: Web shop" in page
    assert [each.name for each in Workstream.objects.all()] == ["Chat"]
    assert "workstreams-changed" in response["HX-Trigger"]


def test_supervisors_have_no_commands(as_supervisor, workstream):
    assert b"workstream-selection" not in as_supervisor.get("/workstreams/").content
    for path in ("", "copy/", "delete/"):
        assert as_supervisor.get(f"{SELECTED}{path}", chosen(workstream)).status_code == 403
    assert as_supervisor.post(f"{SELECTED}delete/", chosen(workstream)).status_code == 403
