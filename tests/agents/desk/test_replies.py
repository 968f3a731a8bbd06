"""Texts that an agent puts into a reply: which there are, in which language, filled with what."""

import re

import pytest

from tests.factories import make_chat_widget, make_item, make_workstream
from workstreams.models import MessageTemplate, QuickReply, ServiceConfiguration
from workstreams.terms import Reason

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
OWN = "/desk/quick-replies/"


@pytest.fixture
def desk(client, agent):
    agent.user.first_name, agent.user.last_name = "Alice", "Jones"
    agent.user.save()
    client.force_login(agent.user)
    return client


def talk(workstream, agent, locale="en", **fields):
    """A conversation in the agent's hands."""
    return make_item(
        workstream,
        state="active",
        agent=agent,
        reason=Reason.IN_CONVERSATION,
        customer={"name": "Ann Lee"},
        channel_instance=make_chat_widget(workstream, locale=locale),
        **fields,
    )


def make_reply(title, message="Hi", **fields):
    workstreams = fields.pop("workstreams", [])
    reply = QuickReply.objects.create(title=title, message=message, **fields)
    reply.workstreams.set(workstreams)
    return reply


def titles(desk, item, query=""):
    """Which of the replies are offered."""
    page = desk.get(f"/desk/{item.pk}/replies/{query}", headers=HTMX).content.decode()
    names = QuickReply.objects.values_list("title", flat=True)
    return {name for name in names if f'replies__title">{name}<' in page}


def test_general_ones_those_of_the_workstream_and_own_ones_are_offered(
    desk, agent, second_agent, workstream
):
    make_reply("General")
    make_reply("Here", workstreams=[workstream])
    make_reply("Elsewhere", workstreams=[make_workstream("Other")])
    make_reply("Own", owner=agent)
    make_reply("Bob's", owner=second_agent)

    assert titles(desk, talk(workstream, agent)) == {"General", "Here", "Own"}


def test_personal_ones_are_not_offered_while_they_are_switched_off(desk, agent, workstream):
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"personal_quick_replies": False})
    make_reply("General")
    make_reply("Own", owner=agent)

    assert titles(desk, talk(workstream, agent)) == {"General"}
    assert desk.get(OWN).status_code == 403


@pytest.mark.parametrize(
    ("chat", "own", "there", "shown"),
    [
        ("de", "", ["en", "de"], {"de"}),
        ("de", "fr", ["en", "de", "fr"], {"fr"}),
        ("de-AT", "", ["en", "de"], {"de"}),
        ("fr", "", ["en", "de"], {"en"}),
        ("fr", "", ["de"], {"de"}),
        ("de", "it", ["de", "en"], {"de"}),
    ],
)
def test_the_language_is_the_agents_then_the_chats(
    desk, agent, workstream, chat, own, there, shown
):
    agent.locale = own
    agent.save()
    for locale in there:
        make_reply(locale, locale=locale)

    assert titles(desk, talk(workstream, agent, locale=chat)) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?q=parcel", {"Late"}),
        ("?q=LATE", {"Late"}),
        ("?q=%23by", {"Bye"}),
        ("?q=%23bye parcel", set()),
        ("?q=%23bye %23end", {"Bye"}),
        ("?q=bye hi", {"Bye"}),
        ("?locale=de", {"Hallo"}),
        ("?locale=xx", {"Late", "Bye"}),
    ],
)
def test_replies_are_found_by_words_tags_and_language(desk, agent, workstream, query, shown):
    make_reply("Late", message="The parcel is late")
    make_reply("Bye", tags=["bye", "end"])
    make_reply("Hallo", locale="de")

    assert titles(desk, talk(workstream, agent), query) == shown


def test_a_bare_hash_lists_the_tags_of_what_the_rest_finds(desk, agent, workstream):
    make_reply("Late", message="The parcel is late", tags=["parcel", "sorry"])
    make_reply("Bye", tags=["bye", "sorry"])
    item = talk(workstream, agent)

    def tags(search):
        fragment = desk.get(f"/desk/{item.pk}/replies/", {"q": search}, headers=HTMX)
        return re.findall(r'data-searches="([^"]+)"', fragment.content.decode())

    assert tags("#") == ["#bye ", "#parcel ", "#sorry "]
    assert tags("#sorry #") == ["#sorry #bye ", "#sorry #parcel "]
    assert tags("#bye") == []
    page = desk.get(f"/desk/{item.pk}/replies/", {"q": "#sorry #"}).content.decode()
    assert 'href="?q=%23sorry%20%23parcel&amp;' in page


def test_own_ones_are_listed_alone(desk, agent, workstream):
    make_reply("General")
    make_reply("Own", owner=agent)
    item = talk(workstream, agent)

    assert titles(desk, item, "?whose=personal") == {"Own"}
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"personal_quick_replies": False})
    assert titles(desk, item, "?whose=personal") == set()
    assert "Personal" not in desk.get(f"/desk/{item.pk}/replies/").content.decode()


def test_slugs_are_filled_for_this_conversation(desk, agent, workstream):
    make_reply(
        "Hello",
        "{FirstName{Customer}}, {OCContext.tier}? {AgentName} / {FullName{Agent}} / {QueueName}",
    )
    item = talk(workstream, agent, context={"tier": "gold"})

    page = desk.get(f"/desk/{item.pk}/replies/", headers=HTMX).content.decode()

    assert 'data-insert="Ann, gold? Alice / Alice Jones / Support"' in page


def test_without_scripts_a_reply_is_chosen_on_a_page_and_stands_in_the_field(
    desk, agent, workstream
):
    reply = make_reply("Hello", "Hello {FirstName{Customer}}!")
    item = talk(workstream, agent)

    assert f'<option value="{reply.pk}"' in desk.get(f"/desk/{item.pk}/replies/").content.decode()
    page = desk.get(f"/desk/{item.pk}/?reply={reply.pk}").content.decode()
    assert "Hello Ann!</textarea>" in page
    assert not item.messages.exists()


def test_nobody_inserts_what_is_not_his(desk, agent, second_agent, workstream):
    reply = make_reply("Secret", "Secret words", owner=second_agent)
    item = talk(workstream, agent)

    page = desk.get(f"/desk/{item.pk}/?reply={reply.pk}").content.decode()

    assert "Secret words" not in page


def test_replies_of_a_strangers_conversation_are_not_found(desk, second_agent, workstream):
    item = talk(workstream, second_agent)

    assert desk.get(f"/desk/{item.pk}/replies/").status_code == 404


def test_the_list_takes_the_same_queries_with_many(
    desk, agent, workstream, django_assert_max_num_queries
):
    for number in range(60):
        make_reply(f"Reply {number}", workstreams=[workstream])
    item = talk(workstream, agent)

    with django_assert_max_num_queries(14):
        desk.get(f"/desk/{item.pk}/replies/", headers=HTMX)


def test_message_templates_are_for_text_messages(desk, agent, queue):
    MessageTemplate.objects.create(
        name="Reminder",
        texts={"en": "Hello {FullName{Customer}}", "de": "Guten Tag {FullName{Customer}}"},
    )
    MessageTemplate.objects.create(name="Other", channel="whatsapp", texts={"en": "Other"})
    sms = talk(make_workstream("SMS", channel="sms", queue=queue), agent, locale="de")

    page = desk.get(f"/desk/{sms.pk}/replies/?kind=templates", headers=HTMX).content.decode()

    assert 'data-insert="Guten Tag Ann Lee"' in page
    assert "Other" not in page
    assert "Insert template" in desk.get(f"/desk/{sms.pk}/").content.decode()


def test_chats_have_no_message_templates(desk, agent, workstream):
    item = talk(workstream, agent)

    assert "Insert template" not in desk.get(f"/desk/{item.pk}/").content.decode()


def test_agents_keep_replies_of_their_own(desk, agent):
    form = {"title": "Mine", "locale": "en", "message": "Hi", "tags": "#mine"}

    desk.post(f"{OWN}new/", form)

    reply = QuickReply.objects.get()
    assert (reply.owner, reply.title, reply.tags) == (agent, "Mine", ["mine"])
    desk.post(f"{OWN}{reply.pk}/edit/", {**form, "title": "Ours", "loaded_version": 1})
    assert QuickReply.objects.get().title == "Ours"
    desk.post(f"{OWN}{reply.pk}/delete/")
    assert not QuickReply.objects.exists()


def test_agents_do_not_see_replies_of_others(desk, second_agent):
    theirs = make_reply("Theirs", owner=second_agent)

    assert "Theirs" not in desk.get(OWN).content.decode()
    assert desk.post(f"{OWN}{theirs.pk}/delete/").status_code == 404
    assert desk.post(f"{OWN}{theirs.pk}/edit/", {}).status_code == 404


def test_agents_choose_their_nickname_and_language(desk, agent):
    desk.post("/desk/profile/", {"nickname": "Ally", "locale": "DE"})

    agent.refresh_from_db()
    assert (agent.nickname, agent.locale) == ("Ally", "de")


def test_what_is_no_language_is_refused(desk, agent):
    response = desk.post("/desk/profile/", {"nickname": "Ally", "locale": "german!"})

    assert response.status_code == 422
    agent.refresh_from_db()
    assert agent.nickname == ""
