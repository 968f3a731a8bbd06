"""Pages of templates: who gets in, what they show, and what is refused where."""

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import (
    make_notification_template,
    make_session_template,
    make_workstream,
)
from workstreams.models import NotificationTemplate, RecordType, SessionTemplate

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NOUNS = ["notification-template", "session-template"]
NEW_NOTIFICATION = {
    "name": "Calm",
    "title": "Chat with {customerName}",
    "icon": "star",
    "header_1": "Queue",
    "value_1": "{queueName}",
    "countdown_seconds": "60",
    "shows_countdown": "on",
    "accept_label": "Answer",
    "agents_may_decline": "on",
    "decline_label": "Not now",
    "desktop_notification": "always",
}
NEW_SESSION = {
    "name": "Returns",
    "unique_name": "own_returns",
    "type": "generic",
    "title": "Return of {customerName}",
    "icon": "star",
    "panel_mode": "minimized",
    "anchor_tab": "context",
    "tabs": ["history", "routing"],
}


@pytest.mark.parametrize("noun", NOUNS)
def test_supervisors_read_the_list_and_change_nothing(as_supervisor, noun):
    page = text_of(as_supervisor.get(address(f"{noun}-list")))

    assert "default" in page
    assert address(f"{noun}-create") not in page
    assert as_supervisor.get(address(f"{noun}-create")).status_code == 403


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("kind", ["edit", "copy", "delete"])
def test_supervisors_change_no_template(as_supervisor, noun, kind):
    found = make(noun)

    assert as_supervisor.post(address(f"{noun}-{kind}", found)).status_code == 403


def test_agents_see_no_templates(client, agent):
    client.force_login(agent.user)

    for noun in NOUNS:
        assert client.get(address(f"{noun}-list")).status_code == 403


def test_a_person_with_the_permission_configures_too(client, supervisor):
    type(supervisor).objects.filter(pk=supervisor.pk).update(may_change_secure_columns=True)
    client.force_login(supervisor)

    assert client.post(address("notification-template-create"), NEW_NOTIFICATION).status_code == 303


@pytest.mark.parametrize("noun", NOUNS)
def test_the_list_is_a_fragment_with_one_root(as_administrator, noun):
    html = text_of(as_administrator.get(address(f"{noun}-list"), headers=HTMX))

    assert html.count(f'id="{noun}-list"') == 1
    assert "<html" not in html


@pytest.mark.parametrize("noun", NOUNS)
def test_the_list_costs_the_same_however_many(
    as_administrator, django_assert_max_num_queries, noun
):
    for _ in range(20):
        make(noun)

    with django_assert_max_num_queries(6):
        as_administrator.get(address(f"{noun}-list"))


def test_a_notification_template_is_created_as_typed(as_administrator):
    answer = as_administrator.post(address("notification-template-create"), NEW_NOTIFICATION)

    template = NotificationTemplate.objects.get(name="Calm")
    assert answer.status_code == 303
    assert template.fields == [{"header": "Queue", "value": "{queueName}"}]
    assert (template.accept_label, template.decline_label) == ("Answer", "Not now")
    assert (template.icon, template.desktop_notification) == ("star", "always")


def test_a_session_template_is_created_as_typed(as_administrator):
    as_administrator.post(address("session-template-create"), NEW_SESSION)

    template = SessionTemplate.objects.get(name="Returns")
    assert (template.panel_mode, template.anchor_tab) == ("minimized", "context")
    assert template.tabs == ["history", "routing"]


def test_a_session_of_records_is_created_too(as_administrator):
    typed = {**NEW_SESSION, "type": "entity", "record_type": record_type_id("case")}

    as_administrator.post(address("session-template-create"), typed)

    template = SessionTemplate.objects.get(name="Returns")
    assert (template.type, template.anchor_tab, template.icon) == ("entity", "record", "")


def test_assigning_without_asking_turns_declining_off(as_administrator):
    typed = {**NEW_NOTIFICATION, "auto_assign": "on", "auto_accept": "on"}
    del typed["shows_countdown"]

    as_administrator.post(address("notification-template-create"), typed)

    template = NotificationTemplate.objects.get(name="Calm")
    assert (template.accept_label, template.agents_may_decline) == ("Open", False)
    assert (template.auto_accept, template.shows_countdown) == (True, True)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": "{customer}"}, "title", "{customer} is no slug"),
        ({"value_1": "{nobody}"}, "value_1", "{nobody} is no slug"),
        ({"header_1": ""}, "header_1", "Say what this line is."),
        ({"header_3": "x", "value_3": "{no}"}, "value_3", "{no} is no slug"),
        ({"header_2": "x", "value_2": ""}, "value_2", "Say what this line shows."),
        ({"countdown_seconds": "4"}, "countdown_seconds", "5"),
        ({"countdown_seconds": "x"}, "countdown_seconds", "whole number"),
        ({"icon": "no"}, "icon", "no is not one"),
        ({"name": ""}, "name", "required"),
        ({"name": "x" * 101}, "name", "100"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(as_administrator, typed, field, sentence):
    answer = as_administrator.post(
        address("notification-template-create"), NEW_NOTIFICATION | typed
    )

    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])


def test_what_was_typed_stays_beside_its_fault(as_administrator):
    typed = NEW_NOTIFICATION | {"title": "{customer} and more"}

    answer = as_administrator.post(address("notification-template-create"), typed, headers=HTMX)

    assert 'id="dialog-content"' in text_of(answer)
    assert "{customer} and more" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"unique_name": "returns"}, "unique_name"), ({"type": "entity"}, "record_type")],
)
def test_a_session_that_cannot_be_is_refused_at_its_field(as_administrator, typed, field):
    answer = as_administrator.post(address("session-template-create"), NEW_SESSION | typed)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_an_edit_shows_the_lines_and_saves_them(as_administrator):
    fields = [{"header": "Queue", "value": "{queueName}"}, {"header": "B", "value": "b"}]
    template = make_notification_template("Calm", fields=fields)
    url = address("notification-template-edit", template)

    assert 'value="{queueName}"' in text_of(as_administrator.get(url))
    as_administrator.post(url, NEW_NOTIFICATION | {"header_1": "", "value_1": ""})

    template.refresh_from_db()
    assert template.fields == []


def test_a_form_filled_from_an_older_version_shows_both_values(as_administrator):
    template = make_notification_template("Calm", countdown_seconds=30)
    url = address("notification-template-edit", template)
    as_administrator.post(url, NEW_NOTIFICATION | {"loaded_version": "1"})

    answer = as_administrator.post(
        url, NEW_NOTIFICATION | {"countdown_seconds": "90", "loaded_version": "1"}
    )

    assert answer.status_code == 422
    template.refresh_from_db()
    assert template.countdown_seconds == 60


@pytest.mark.parametrize("noun", NOUNS)
def test_a_built_in_one_is_shown_with_the_way_to_a_copy(as_administrator, noun):
    page = text_of(as_administrator.get(address(f"{noun}-edit", built_in(noun))))

    assert "is built in and stays as it is" in page
    assert address(f"{noun}-copy", built_in(noun)) in page
    assert 'type="submit"' not in page.split('id="built-in-template"')[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("noun", "typed"),
    [("notification-template", NEW_NOTIFICATION), ("session-template", NEW_SESSION)],
)
def test_a_built_in_one_is_not_changed(as_administrator, noun, typed):
    before = built_in(noun)

    answer = as_administrator.post(address(f"{noun}-edit", before), typed)

    assert answer.status_code == 422
    assert built_in(noun).title == before.title


@pytest.mark.parametrize("noun", NOUNS)
def test_every_row_leads_to_a_copy_for_those_who_may(as_administrator, as_supervisor, noun):
    own, url = make(noun, "Mine"), address(f"{noun}-list")

    assert address(f"{noun}-copy", own) in text_of(as_administrator.get(url))
    assert address(f"{noun}-copy", own) not in text_of(as_supervisor.get(url))


@pytest.mark.parametrize("noun", NOUNS)
def test_a_copy_opens_to_be_changed(as_administrator, noun):
    answer = as_administrator.post(address(f"{noun}-copy", built_in(noun)), {"name": "Mine"})

    copy = built_in(noun).__class__.objects.get(name="Mine")
    assert not copy.is_built_in
    assert answer.url == address(f"{noun}-edit", copy)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_copy_under_a_taken_name_is_refused(as_administrator, noun):
    make(noun, "Mine")

    answer = as_administrator.post(address(f"{noun}-copy", built_in(noun)), {"name": "MINE"})

    assert answer.status_code == 422
    assert "There is already a" in text_of(answer)


def test_deleting_what_is_used_names_workstreams_and_scenarios(as_administrator):
    template = make_notification_template()
    make_workstream("Chats", consult_template=template)

    answer = as_administrator.post(address("notification-template-delete", template))

    assert answer.status_code == 409
    assert "Chats (consult)" in text_of(answer)


@pytest.mark.parametrize("noun", NOUNS)
def test_what_nobody_uses_is_deleted(as_administrator, noun):
    found = make(noun)

    assert as_administrator.post(address(f"{noun}-delete", found)).status_code == 303
    assert not type(found).objects.filter(pk=found.pk).exists()


@pytest.mark.parametrize("noun", NOUNS)
def test_a_built_in_one_is_not_deleted(as_administrator, noun):
    answer = as_administrator.post(address(f"{noun}-delete", built_in(noun)))

    assert answer.status_code == 409
    assert "It is built in" in text_of(answer)


def address(name: str, found: Any = None) -> str:
    return reverse(f"workstreams:{name}", args=[found.pk] if found is not None else [])


def make(noun: str, name: str = "") -> Any:
    maker = make_session_template if noun == "session-template" else make_notification_template
    return maker(name)


def built_in(noun: str) -> Any:
    model = SessionTemplate if noun == "session-template" else NotificationTemplate
    return model.objects.filter(is_built_in=True).order_by("pk")[0]


def record_type_id(name: str) -> int:
    return RecordType.objects.get(name=name).pk


def text_of(response: Any) -> str:
    return str(response.content.decode())
