"""Notification templates are created, changed, copied and deleted by their rules."""

from typing import Any

import pytest

from config.clock import database_now
from routing import configuration
from tests.factories import make_workstream
from workstreams.actions.copy_template import copy_template
from workstreams.actions.create_notification_template import create_notification_template
from workstreams.actions.delete_template import delete_template
from workstreams.actions.edit_notification_template import edit_notification_template
from workstreams.actions.refusals import BuiltIn, InvalidSettings
from workstreams.actions.template_refusals import BuiltInStays
from workstreams.exceptions import InUse, SavedMeanwhile
from workstreams.models import ContextVariable, NotificationTemplate, Workstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def create(administrator):
    def act(**settings):
        given = {"name": "Calm"} | settings
        return create_notification_template(by=administrator, now=database_now(), **given)

    return act


@pytest.fixture
def edit(administrator):
    def act(template, **settings):
        return edit_notification_template(
            template=template, by=administrator, now=database_now(), **settings
        )

    return act


@pytest.fixture
def delete(administrator):
    return lambda template: delete_template(template=template, by=administrator, now=database_now())


def test_a_new_template_lasts_two_minutes_and_may_be_declined(create):
    template = create()

    assert (template.countdown_seconds, template.agents_may_decline) == (120, True)
    assert (template.desktop_notification, template.shows_countdown) == ("never", True)


def test_it_is_published_at_once(create):
    create(name="Calm", countdown_seconds=30)

    assert configuration.current().compiled.offer_rules["Calm"].seconds == 30


def test_what_is_assigned_without_asking_is_opened_and_not_declined(create):
    template = create(auto_assign=True, agents_may_decline=True, accept_label="Take it")

    assert (template.accept_label, template.agents_may_decline) == ("Open", False)


def test_what_opens_by_itself_shows_when(create):
    template = create(auto_assign=True, auto_accept=True, shows_countdown=False)

    assert template.shows_countdown


@pytest.mark.parametrize(
    ("settings", "field", "word"),
    [
        ({"name": " "}, "name", "characters"),
        ({"name": "x" * 101}, "name", "characters"),
        ({"title": ""}, "title", "characters"),
        ({"title": "{customerNam}"}, "title", "{customerNam}"),
        ({"title": "{a} and {b}"}, "title", "{a}, {b} are no slugs"),
        ({"icon": "nothing"}, "icon", "icons"),
        ({"countdown_seconds": 4}, "countdown_seconds", "5 to 3600"),
        ({"countdown_seconds": 3601}, "countdown_seconds", "5 to 3600"),
        ({"auto_accept": True}, "auto_accept", "without asking"),
        ({"accept_label": ""}, "accept_label", "characters"),
        ({"decline_label": "x" * 41}, "decline_label", "characters"),
        ({"desktop_notification": "often"}, "desktop_notification", "never"),
        ({"fields": [{"header": "a", "value": "b"}] * 5}, "fields", "4"),
        ({"fields": [{"header": "", "value": "b"}]}, "fields.0.header", "characters"),
        ({"fields": [{"header": "a", "value": "{x}"}]}, "fields.0.value", "{x} is no slug"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(create, settings, field, word):
    with pytest.raises(InvalidSettings) as refusal:
        create(**settings)

    assert word in refusal.value.errors[field]


@pytest.mark.parametrize(
    "title", ["{customerName}", "{OCContext.anything}", "{FirstName{Customer}}", "{tier}"]
)
def test_slugs_that_something_fills_are_fine(create, title):
    ContextVariable.objects.create(workstream=make_workstream(), name="tier")

    assert create(title=title).title == title


def test_a_name_is_taken_whatever_its_capitals(create):
    create(name="Calm")

    with pytest.raises(InvalidSettings) as refusal:
        create(name="CALM")

    assert "There is already a notification template named CALM." in refusal.value.errors["name"]


def test_an_edit_changes_what_is_given_and_raises_the_revision(create, edit):
    template = create(title="{title}", countdown_seconds=30)

    changed = edit(template, countdown_seconds=40)

    assert (changed.title, changed.countdown_seconds, changed.revision) == ("{title}", 40, 2)


def test_a_stale_edit_is_refused(create, edit):
    template = create()
    edit(template, countdown_seconds=40, revision=1)

    with pytest.raises(SavedMeanwhile):
        edit(template, countdown_seconds=50, revision=1)


def test_built_in_templates_are_not_changed_but_their_copies_are(edit, administrator):
    built_in = NotificationTemplate.objects.filter(is_built_in=True)[0]
    with pytest.raises(BuiltInStays):
        edit(built_in, title="Mine")

    copy = copy_template(template=built_in, by=administrator, now=database_now())

    assert copy.name == f"Copy of {built_in.name}"
    assert edit(copy, title="Mine").title == "Mine"


def test_copies_of_copies_have_numbers(administrator, create):
    template = create(name="Calm")

    names = [
        copy_template(template=template, by=administrator, now=database_now()).name
        for _ in range(2)
    ]

    assert names == ["Copy of Calm", "Copy of Calm (2)"]


def test_a_template_in_use_is_not_deleted(create, delete):
    template = create()
    make_workstream("Chats", transfer_template=template, authenticated_template=template)

    with pytest.raises(InUse) as refusal:
        delete(template)

    dependencies: Any = refusal.value.details["dependencies"]
    (use,) = dependencies
    assert use["name"] == "Chats (incoming authenticated, transfer)"


def test_a_template_nobody_uses_is_deleted(create, delete):
    template = create()

    delete(template)

    assert not NotificationTemplate.objects.filter(pk=template.pk).exists()


def test_built_in_templates_are_not_deleted(delete):
    with pytest.raises(BuiltIn):
        delete(NotificationTemplate.objects.filter(is_built_in=True)[0])


def test_deleted_workstreams_fall_back_to_what_is_built_in(create, delete):
    template = create()
    workstream = make_workstream(consult_template=template)
    Workstream.objects.filter(pk=workstream.pk).update(
        notification_template=template, deleted_at=database_now()
    )

    delete(template)

    workstream = Workstream.with_deleted.get(pk=workstream.pk)
    assert workstream.notification_template.is_built_in
    assert workstream.consult_template is None
