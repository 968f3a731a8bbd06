"""A workstream chooses its session and a notification template for each occasion."""

from typing import Any

import pytest
from django.urls import reverse

from config.clock import database_now
from tests.factories import (
    make_notification_template,
    make_session_template,
    make_workstream,
)
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.models import RecordType, SessionTemplate

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_the_page_names_the_template_of_each_occasion(as_supervisor):
    own = make_notification_template("Calm", countdown_seconds=33)
    workstream = make_workstream(
        transfer_template=own, session_template=make_session_template("Own")
    )

    page = text_of(as_supervisor.get(page_of(workstream)))

    part = page.split('id="sessions"')[1]
    for words in ("Own", "Incoming authenticated", "Supervisor assign", "Calm", "33 s"):
        assert words in part
    assert "Same as incoming unauthenticated" in part


def test_supervisors_choose_nothing(as_supervisor):
    workstream = make_workstream()

    page = text_of(as_supervisor.get(page_of(workstream)))

    for name in ("workstream-session", "workstream-notifications"):
        assert address(name, workstream) not in page
        assert as_supervisor.get(address(name, workstream)).status_code == 403


def test_the_consult_template_says_when_it_is_used(as_administrator):
    form = text_of(as_administrator.get(address("workstream-notifications", make_workstream())))

    assert "An agent asks another one for advice." in form


def test_a_template_is_chosen_for_each_occasion(as_administrator):
    workstream = make_workstream()
    calm, quick = make_notification_template("Calm"), make_notification_template("Quick")

    answer = as_administrator.post(
        address("workstream-notifications", workstream),
        {"notification_template": calm.pk, "transfer_template": quick.pk, "revision": 1},
    )

    workstream.refresh_from_db()
    assert answer.url == f"{page_of(workstream)}#notifications"
    assert (workstream.notification_template, workstream.transfer_template) == (calm, quick)
    assert workstream.consult_template is None
    assert workstream.revision == 2


def test_incoming_work_always_has_a_template(as_administrator):
    workstream = make_workstream()

    answer = as_administrator.post(
        address("workstream-notifications", workstream), {"revision": 1}, headers=HTMX
    )

    assert answer.status_code == 422
    assert 'id="dialog-content"' in text_of(answer)


def test_a_session_is_chosen_and_left_out_again(as_administrator):
    workstream, session = make_workstream(), make_session_template()
    url = address("workstream-session", workstream)

    as_administrator.post(url, {"session_template": session.pk, "revision": 1})
    workstream.refresh_from_db()
    assert workstream.session_template == session

    as_administrator.post(url, {"session_template": "", "revision": 2})
    workstream.refresh_from_db()
    assert workstream.session_template is None


def test_only_generic_sessions_are_listed(as_administrator):
    workstream, entity = make_workstream(), entity_session()
    url = address("workstream-session", workstream)

    assert entity.name not in text_of(as_administrator.get(url))
    answer = as_administrator.post(url, {"session_template": entity.pk, "revision": 1})

    assert answer.status_code == 422


def test_the_action_refuses_an_entity_session_too(administrator):
    with pytest.raises(InvalidSettings) as refusal:
        edit_workstream(
            workstream=make_workstream(),
            by=administrator,
            now=database_now(),
            session_template=entity_session(),
        )

    assert "Only generic" in refusal.value.errors["session_template"]


@pytest.mark.parametrize("name", ["workstream-session", "workstream-notifications"])
def test_a_form_filled_from_an_older_version_is_not_saved(as_administrator, name):
    workstream = make_workstream()
    type(workstream).objects.filter(pk=workstream.pk).update(revision=7)

    answer = as_administrator.post(
        address(name, workstream),
        {"notification_template": workstream.notification_template_id, "revision": 6},
    )

    assert answer.status_code == 422
    workstream.refresh_from_db()
    assert workstream.revision == 7


@pytest.mark.parametrize("entry", ["x", "-1", "9" * 30, "0"])
def test_a_template_that_is_not_there_is_refused(as_administrator, entry):
    answer = as_administrator.post(
        address("workstream-notifications", make_workstream()),
        {"notification_template": entry, "revision": 1},
    )

    assert answer.status_code == 422


def entity_session() -> SessionTemplate:
    case = RecordType.objects.get(name="case")
    return make_session_template("Cases only", type="entity", record_type=case, icon="")


def page_of(workstream: Any) -> str:
    return reverse("workstreams:workstream-detail", args=[workstream.pk])


def address(name: str, workstream: Any) -> str:
    return reverse(f"workstreams:{name}", args=[workstream.pk])


def text_of(response: Any) -> str:
    return str(response.content.decode())
