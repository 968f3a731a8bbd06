"""Who may bring what along in a document, and what stays as it is used."""

import pytest

from routing import configuration
from tests.factories import make_user
from workstreams.models import Bot, QuickReply, SessionTemplate

pytestmark = pytest.mark.django_db

FOR_ADMINISTRATORS = {
    "rating_models": {"name": "Stars", "min": 1, "max": 5},
    "skills": {"name": "Danish", "type": "Skill", "rating_model": "Default rating model"},
    "agent_attributes": {"name": "Site"},
    "capacity_profiles": {"name": "Chats", "limit": 0},
    "presences": {"name": "Lunch", "text": "At lunch", "base": "away"},
    "operating_hours": {"name": "Night", "time_zone": "UTC"},
    "record_types": {"name": "claim", "label": "Claim"},
}


@pytest.fixture
def configurer(organisation):
    person = make_user("cleo")
    person.may_change_secure_columns = True
    person.save()
    return person


def messages(document):
    return [each["message"] for each in configuration.validate({"format": 2} | document)]


@pytest.mark.parametrize("section", FOR_ADMINISTRATORS)
def test_who_may_change_workstreams_may_not_change_this(configurer, section, now):
    document = {"format": 2, section: [FOR_ADMINISTRATORS[section]]}

    with pytest.raises(configuration.InvalidDocument) as refused:
        configuration.import_document(document, by=configurer, now=now)

    assert [each["path"] for each in refused.value.findings] == [f"{section}.0"]


def test_administrators_may(organisation, administrator, now):
    sections = {section: [entry] for section, entry in FOR_ADMINISTRATORS.items()}

    report = configuration.import_document({"format": 2} | sections, by=administrator, now=now)

    assert report.version == 2


def test_what_is_here_as_it_is_stands_in_nobodys_way(configurer, now):
    document = configuration.document()
    document["workstreams"][0]["keep_same_agent"] = True

    report = configuration.import_document(document, by=configurer, now=now)

    assert report.changed == [f"workstream {document['workstreams'][0]['name']}"]


def test_a_bot_keeps_its_purpose_where_a_workstream_uses_it(organisation):
    organisation.bot = Bot.objects.create(name="Bo", kind="scripted")
    organisation.save()
    bots = [{"name": "Bo", "kind": "scripted", "purpose": "assist"}]

    [sentence] = messages({"bots": bots})

    assert sentence.startswith("The workstream Chat uses this bot as it is.")


def test_an_assisting_bot_keeps_its_purpose_too(organisation):
    organisation.assist_bots.add(Bot.objects.create(name="Bo", kind="scripted", purpose="assist"))
    bots = [{"name": "Bo", "kind": "scripted", "purpose": "conversation"}]

    [sentence] = messages({"bots": bots})

    assert sentence.startswith("The workstream Chat uses this bot as it is.")


def test_a_bot_that_nobody_uses_may_get_another_purpose(organisation):
    Bot.objects.create(name="Bo", kind="scripted")

    assert messages({"bots": [{"name": "Bo", "kind": "scripted", "purpose": "assist"}]}) == []


def test_the_type_of_a_session_template_never_changes(organisation):
    SessionTemplate.objects.create(name="Own", unique_name="own_one")
    template = {"name": "Own", "type": "entity", "record_type": "case", "icon": ""}
    cases = [{"name": "case", "label": "Case"}]

    found = messages({"record_types": cases, "session_templates": [template]})

    assert "The type of a session template never changes." in found


def test_what_the_pages_clean_is_cleaned(organisation, now):
    rules = {"rules": [{"words": [" hi "], "title": "t", "colour": "red"}]}
    document = {
        "format": 2,
        "bots": [
            {"name": "Far", "kind": "webhook", "endpoint": "https://bot.example", "script": rules},
            {"name": "Near", "kind": "scripted", "purpose": "assist", "script": rules},
        ],
        "session_templates": [
            {
                "name": "Own",
                "unique_name": "own_one",
                "anchor_tab": "customer",
                "tabs": ["customer", "record", "record"],
            }
        ],
        "quick_replies": [{"title": "Hi", "message": "Hi", "tags": ["#a", "A"]}],
    }

    configuration.import_document(document, by=None, now=now)

    near = {"words": ["hi"], "title": "t", "text": "", "url": ""}
    assert Bot.objects.get(name="Far").script == {}
    assert Bot.objects.get(name="Near").script == {"rules": [near]}
    assert SessionTemplate.objects.get(name="Own").tabs == ["record"]
    assert QuickReply.objects.get().tags == ["a"]


def test_persistent_chat_stays_as_it_was_chosen(organisation):
    document = configuration.document()
    [chat] = [each for each in document["workstreams"] if each["name"] == "Chat"]
    chat["persistent_chat"] = not chat["persistent_chat"]

    assert messages(document) == ["The persistent chat of a workstream never changes."]


def test_the_reset_frequency_of_a_profile_never_changes(organisation):
    document = configuration.document()
    document["capacity_profiles"][0]["reset"] = "end_of_day"

    assert messages(document) == ["The reset frequency of a profile never changes."]
