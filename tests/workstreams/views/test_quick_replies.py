"""The pages of quick replies: who may change them, filters, tags, budgets."""

import pytest
from django.urls import reverse

from tests.factories import make_workstream
from workstreams.forms import quick_reply
from workstreams.models import QuickReply

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LIST = "/quick-replies/"


def make_reply(title="Hello", **fields):
    workstreams = fields.pop("workstreams", [])
    reply = QuickReply.objects.create(title=title, message=fields.pop("message", "Hi"), **fields)
    reply.workstreams.set(workstreams)
    return reply


@pytest.mark.parametrize("browser", ["as_administrator", "as_supervisor"])
def test_administrators_and_supervisors_create_replies(browser, request, workstream):
    form = {
        "title": "Thanks",
        "locale": "de-AT",
        "message": "Danke, {FirstName{Customer}}!",
        "tags": "#bye, thanks",
        "workstreams": [workstream.pk],
    }

    response = request.getfixturevalue(browser).post(f"{LIST}new/", form)

    reply = QuickReply.objects.get()
    assert response.status_code == 303
    assert (reply.title, reply.locale, reply.tags) == ("Thanks", "de-AT", ["bye", "thanks"])
    assert reply.message == "Danke, {FirstName{Customer}}!"
    assert list(reply.workstreams.all()) == [workstream]


def test_the_page_keeps_the_records_that_it_does_not_offer(as_supervisor, workstream):
    cases = make_workstream("Cases", type="record", mode="pick")
    reply = make_reply(workstreams=[cases, workstream])
    form = {"title": "Hello", "locale": "en", "message": "Hi", "loaded_version": reply.revision}

    as_supervisor.post(reverse("workstreams:quick-reply-edit", args=[reply.pk]), form)

    assert list(reply.workstreams.all()) == [cases]


def test_many_workstreams_stand_in_a_list(as_supervisor, workstream, monkeypatch):
    monkeypatch.setattr(quick_reply, "MOST_CHECKBOXES", 1)
    make_workstream("Another")
    page = as_supervisor.get(f"{LIST}new/").content.decode()

    assert 'type="checkbox" name="workstreams"' not in page
    assert '<select name="workstreams"' in page

    form = {"title": "New", "locale": "en", "message": "Hi", "workstreams": [workstream.pk]}
    as_supervisor.post(f"{LIST}new/", form)
    assert list(QuickReply.objects.get().workstreams.all()) == [workstream]


def test_agents_may_not(as_agent):
    assert as_agent.get(LIST).status_code == 403
    assert as_agent.post(f"{LIST}new/", {}).status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("message", "Hello {nobody}", "Nothing fills {nobody}."),
        ("message", "", "required"),
        ("locale", "german!", "A language is written like en, de or pt-BR."),
        ("tags", "x" * 51, "A tag has at most 50 characters: " + "x" * 51),
        ("tags", "a#b", "# may only stand at the front of a tag: a#b."),
        ("title", "hello", "A reply of this title exists already in this language."),
        ("title", "x" * 101, "100 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(as_supervisor, field, value, sentence):
    make_reply("Hello")
    form = {"title": "New", "locale": "en", "message": "Hi", "tags": ""}

    response = as_supervisor.post(f"{LIST}new/", {**form, field: value})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert QuickReply.objects.count() == 1


def test_a_reply_changed_meanwhile_is_not_overwritten(as_supervisor):
    reply = make_reply()
    page = reverse("workstreams:quick-reply-edit", args=[reply.pk])
    form = {"title": "Mine", "locale": "en", "message": "Mine", "loaded_version": reply.revision}
    QuickReply.objects.update(title="Theirs", revision=reply.revision + 1)

    response = as_supervisor.post(page, form)

    assert response.status_code in (409, 422)
    assert QuickReply.objects.get().title == "Theirs"


def test_personal_replies_are_nobody_elses(as_administrator, agent):
    own = make_reply("Secret", owner=agent)

    assert "Secret" not in as_administrator.get(LIST).content.decode()
    page = reverse("workstreams:quick-reply-edit", args=[own.pk])
    assert as_administrator.get(page).status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?q=parcel", {"Late"}),
        ("?tag=bye", {"Bye"}),
        ("?locale=de", {"Hallo"}),
        ("?workstream={workstream}", {"Late"}),
        ("?tag=bye&locale=de", set()),
        ("?workstream=%00", set()),
    ],
)
def test_the_list_is_filtered(as_supervisor, workstream, query, shown):
    make_reply("Late", message="The parcel is late", workstreams=[workstream])
    make_reply("Bye", tags=["bye"])
    make_reply("Hallo", locale="de")

    page = as_supervisor.get(LIST + query.format(workstream=workstream.pk), headers=HTMX)

    content = page.content.decode()
    assert {title for title in ("Late", "Bye", "Hallo") if f"Select {title}" in content} == shown


def test_the_list_costs_the_same_with_many(
    as_supervisor, workstream, django_assert_max_num_queries
):
    for number in range(40):
        make_reply(f"Reply {number}", tags=[f"tag{number}"], workstreams=[workstream])

    with django_assert_max_num_queries(10):
        assert as_supervisor.get(LIST).status_code == 200


def test_selected_replies_get_a_tag_and_lose_it(as_supervisor):
    first, second, third = make_reply("A"), make_reply("B", tags=["Bye"]), make_reply("C")
    address, chosen = f"{LIST}tags/", [first.pk, second.pk]

    as_supervisor.post(address, {"reply": chosen, "tag": "#bye", "do": "add"})

    tags = dict(QuickReply.objects.values_list("title", "tags"))
    assert tags == {"A": ["bye"], "B": ["Bye"], "C": []}
    as_supervisor.post(address, {"reply": [*chosen, third.pk], "tag": "BYE", "do": "remove"})
    assert not any(reply.tags for reply in QuickReply.objects.all())


@pytest.mark.parametrize("form", [{"tag": "bye"}, {"reply": ["1"], "tag": "#"}, {}])
def test_tagging_nothing_is_refused(as_supervisor, form):
    assert as_supervisor.post(f"{LIST}tags/", form).status_code == 422


def test_a_reply_is_deleted(as_supervisor):
    reply = make_reply()

    as_supervisor.post(reverse("workstreams:quick-reply-delete", args=[reply.pk]))

    assert not QuickReply.objects.exists()


def test_the_workstreams_page_names_its_replies(as_supervisor, workstream):
    make_reply("Only here", workstreams=[workstream])
    make_reply("Everywhere")

    page = as_supervisor.get(f"/workstreams/{workstream.pk}/").content.decode()

    assert "Only here" in page
    assert "1 general reply shows here too." in page
