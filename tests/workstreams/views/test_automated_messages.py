"""The pages of automated messages, of a channel and of one instance."""

import pytest

from tests.factories import make_chat_widget
from tests.scenarios import in_conversation
from workstreams.built_in_words import WORDS
from workstreams.models import AutomatedMessage, Message
from workstreams.queries.automated_texts import automated_texts
from workstreams.queries.conversation import conversation
from workstreams.terms import MessageTrigger

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LIST = "/automated-messages/"
JOINED = MessageTrigger.AGENT_JOINED
CHAT = f"{LIST}live_chat/agent_joined/"


@pytest.fixture
def widget(workstream):
    return make_chat_widget(workstream, "shop", locale="de")


@pytest.fixture
def own(widget):
    """The address of the widget's own messages."""
    return f"/workstreams/{widget.workstream_id}/channel-instances/{widget.pk}/messages/"


def said(widget=None, locale=""):
    """What is said when an agent joins; None for nothing."""
    texts = automated_texts([JOINED], channel="live_chat", instance=widget, locale=locale)
    return texts[JOINED].text if texts[JOINED].is_active else None


def test_the_list_shows_every_message_of_the_channel(as_supervisor):
    chat = as_supervisor.get(LIST).content.decode()
    calls = as_supervisor.get(f"{LIST}?channel=voice&locale=de").content.decode()

    assert WORDS["en"][JOINED] in chat
    assert "Offer a callback" not in chat
    assert "Offer a callback" in calls
    assert "Not raised yet" in calls
    assert WORDS["de"][JOINED] in calls


@pytest.mark.parametrize("query", ["?channel=nowhere", "?channel=record", "?locale=no!"])
def test_strange_choices_show_the_first_channel(as_supervisor, query):
    assert WORDS["en"][JOINED] in as_supervisor.get(LIST + query).content.decode()


def test_the_list_takes_few_queries(as_supervisor, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        as_supervisor.get(LIST)


def test_a_text_is_edited_in_one_language(as_administrator):
    form = {"text": "{AgentName} ist da.", "locale": "de", "is_active": "on", "revision": 0}

    as_administrator.post(f"{CHAT}edit/?locale=de", form)

    assert said(locale="de") == "{AgentName} ist da."
    assert said(locale="en") == WORDS["en"][JOINED]


def test_a_text_changed_meanwhile_is_not_overwritten(as_administrator):
    row = AutomatedMessage.objects.create(trigger=JOINED, channel="live_chat", text="Theirs")
    form = {"text": "Mine", "locale": "en", "is_active": "on", "revision": row.revision - 1}

    response = as_administrator.post(f"{CHAT}edit/", form)

    assert response.status_code == 422
    assert said() == "Theirs"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "Hello {Nobody}", "Nothing fills {Nobody}."),
        ("text", "", "required"),
        ("text", "x" * 1001, "1000 characters"),
        ("locale", "german", "A language is written like"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(as_administrator, field, value, sentence):
    form = {"text": "Hi", "locale": "en", "is_active": "on", field: value}

    response = as_administrator.post(f"{CHAT}edit/", form, headers=HTMX)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not AutomatedMessage.objects.exists()


def test_switching_off_is_for_every_language_and_reset_takes_it_back(as_administrator):
    as_administrator.post(f"{CHAT}switch/", {"is_active": "off"})

    assert [said(locale=locale) for locale in ("en", "de", "fr", "es")] == [None] * 4
    as_administrator.post(f"{CHAT}switch/", {"is_active": "on"})
    assert said(locale="fr") == WORDS["fr"][JOINED]
    as_administrator.post(f"{CHAT}reset/")
    assert not AutomatedMessage.objects.exists()


def test_an_instance_inherits_until_it_has_its_own(as_administrator, widget, own):
    inherited = as_administrator.get(own).content.decode()
    form = {"text": "Servus!", "locale": "de", "is_active": "on", "revision": 0}
    as_administrator.post(f"{own}agent_joined/edit/", form)

    assert WORDS["de"][JOINED] in inherited
    assert "Of this instance" in as_administrator.get(own).content.decode()
    assert said(widget) == "Servus!"
    as_administrator.post(f"{own}agent_joined/reset/")
    assert said(widget) == WORDS["de"][JOINED]


def test_an_instance_says_nothing_where_its_channel_speaks(as_administrator, widget, own):
    as_administrator.post(f"{own}agent_joined/switch/", {"is_active": "off"})

    assert said(widget) is None
    assert said(locale="de") == WORDS["de"][JOINED]


@pytest.mark.parametrize("verb", ["edit", "switch", "reset"])
def test_supervisors_read_only(as_supervisor, own, verb):
    assert as_supervisor.get(own).status_code == 200
    assert as_supervisor.post(f"{CHAT}{verb}/").status_code == 403
    assert as_supervisor.post(f"{own}agent_joined/{verb}/").status_code == 403


@pytest.mark.parametrize(
    "address", [f"{LIST}record/agent_joined/edit/", f"{LIST}live_chat/greeting/edit/"]
)
def test_what_the_channel_does_not_have_is_not_found(as_administrator, address):
    assert as_administrator.get(address).status_code == 404


def test_the_preview_fills_slugs_and_names_unknown_ones(as_administrator):
    query = {"name": "text", "field": "id_text", "text": "{Position} <b> {AgentName} {Nope}"}

    page = as_administrator.get("/text-preview/", query).content.decode()

    assert "3 &lt;b&gt; Grace Hopper" in page
    assert "Nothing fills {Nope}." in page


def test_a_message_for_agents_is_not_on_the_customers_page(workstream, agent, now):
    item = in_conversation(workstream, agent, now)
    Message.objects.create(
        item=item, author="system", audience="agent", text="Psst", created_at=now
    )

    assert "Psst" in [line.text for line in conversation(item)]
    assert "Psst" not in [line.text for line in conversation(item, is_for_customer=True)]
