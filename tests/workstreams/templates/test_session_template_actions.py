"""Session templates are created, changed, copied and deleted by their rules."""

from typing import Any

import pytest

from config.clock import database_now
from tests.factories import make_workstream
from workstreams.actions.copy_template import copy_template
from workstreams.actions.create_session_template import create_session_template
from workstreams.actions.delete_template import delete_template
from workstreams.actions.edit_session_template import edit_session_template
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.template_refusals import BuiltInStays
from workstreams.exceptions import InUse, SavedMeanwhile
from workstreams.models import RecordType, SessionTemplate

pytestmark = pytest.mark.django_db


@pytest.fixture
def create(administrator):
    def act(**settings):
        given = {"name": "Calm", "unique_name": "own_calm"} | settings
        return create_session_template(by=administrator, now=database_now(), **given)

    return act


@pytest.fixture
def edit(administrator):
    def act(template, **settings):
        return edit_session_template(
            template=template, by=administrator, now=database_now(), **settings
        )

    return act


def test_a_new_session_shows_the_customer_beside_the_conversation(create):
    template = create()

    assert (template.type, template.panel_mode) == ("generic", "docked")
    assert (template.anchor_tab, template.tabs) == ("customer", [])


def test_tabs_stand_once_and_without_the_anchor(create):
    template = create(anchor_tab="record", tabs=["context", "record", "context", "history"])

    assert template.tabs == ["context", "history"]


def test_a_session_of_records_has_no_icon_and_begins_with_the_record(create):
    case = RecordType.objects.get(name="case")

    template = create(type="entity", record_type=case, icon="star", anchor_tab="customer")

    assert (template.icon, template.anchor_tab) == ("", "record")


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": ""}, "name"),
        ({"unique_name": "calm"}, "unique_name"),
        ({"unique_name": "ab_calm"}, "unique_name"),
        ({"unique_name": "abcdefghi_calm"}, "unique_name"),
        ({"unique_name": "a-b_calm"}, "unique_name"),
        ({"unique_name": "own_"}, "unique_name"),
        ({"unique_name": "own_" + "x" * 100}, "unique_name"),
        ({"type": "other"}, "type"),
        ({"type": "entity"}, "record_type"),
        ({"title": ""}, "title"),
        ({"title": "{customer}"}, "title"),
        ({"panel_mode": "open"}, "panel_mode"),
        ({"icon": "gif"}, "icon"),
        ({"description": "x" * 501}, "description"),
        ({"anchor_tab": "web"}, "anchor_tab"),
        ({"tabs": ["web"]}, "tabs"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(create, settings, field):
    with pytest.raises(InvalidSettings) as refusal:
        create(**settings)

    assert field in refusal.value.errors


def test_a_generic_session_is_for_no_type_of_record(create):
    with pytest.raises(InvalidSettings) as refusal:
        create(record_type=RecordType.objects.get(name="case"))

    assert "record_type" in refusal.value.errors


@pytest.mark.parametrize(
    ("settings", "field"),
    [({"unique_name": "own_other"}, "name"), ({"name": "Other"}, "unique_name")],
)
def test_names_are_taken_once(create, settings, field):
    create()

    with pytest.raises(InvalidSettings) as refusal:
        create(**settings)

    assert field in refusal.value.errors


def test_the_type_stays(create, edit):
    with pytest.raises(InvalidSettings) as refusal:
        edit(create(), type="entity")

    assert "type" in refusal.value.errors


def test_a_stale_edit_is_refused(create, edit):
    template = create()
    edit(template, title="{title}", revision=1)

    with pytest.raises(SavedMeanwhile):
        edit(template, title="{caseTitle}", revision=1)


def test_built_in_sessions_stay_but_copies_change(edit, administrator):
    built_in = SessionTemplate.objects.filter(is_built_in=True)[0]
    with pytest.raises(BuiltInStays):
        edit(built_in, title="Mine")

    first = copy_template(template=built_in, by=administrator, now=database_now())
    second = copy_template(template=built_in, by=administrator, now=database_now())

    assert edit(first, title="Mine").title == "Mine"
    assert first.unique_name != second.unique_name
    edit(second, title="Mine too")


def test_a_session_in_use_is_not_deleted(create, administrator):
    template = create()
    make_workstream("Chats", session_template=template)

    with pytest.raises(InUse) as refusal:
        delete_template(template=template, by=administrator, now=database_now())

    dependencies: Any = refusal.value.details["dependencies"]
    assert dependencies[0]["name"] == "Chats (session)"


def test_a_session_nobody_uses_is_deleted(create, administrator):
    template = create()

    delete_template(template=template, by=administrator, now=database_now())

    assert not SessionTemplate.objects.filter(pk=template.pk).exists()
