"""The pages of the draft, of rolling back and of comparing."""

import pytest
from django.utils import timezone

from agents.models import User
from routing import configuration
from routing.actions.save_ruleset import save_rulesets
from routing.models import ConfigurationVersion, ScheduledPublication
from routing.queries.desk_offers import my_offers
from routing.terms import RulesetKind
from tests.factories import make_item, make_notification_template, make_user
from tests.factories.bots import make_bot
from tests.routing.queries.test_desk import make_offer
from workstreams.actions.edit_notification_template import edit_notification_template
from workstreams.actions.save_service_configuration import save_service_configuration

DRAFT = "/configuration/versions/draft/"
SEEN = ("base", "state", "seen")


@pytest.fixture
def chat(workstream, agent, administrator, now):
    """Published, with review on."""
    configuration.publish(by=administrator, now=now)
    save_service_configuration(by=administrator, now=now, reviews_before_publishing=True)
    return workstream


def save(workstream, name="Gold", by=None, queue="Support"):
    save_rulesets(
        workstream=workstream,
        kind=RulesetKind.ROUTE_TO_QUEUE,
        rulesets=[{"name": name, "when": {}, "queues": [{"queue": queue, "percent": 100}]}],
        by=by or User.objects.get(username="ada"),
        now=timezone.now(),
    )


def looked_at():
    draft = configuration.draft()
    return {name: getattr(draft, name) for name in SEEN}


def test_pages_of_configuration_say_what_waits(as_administrator, as_agent, chat):
    assert b"unpublished change" not in as_administrator.get("/workstreams/").content

    save(chat)

    text = " ".join(as_administrator.get("/workstreams/").content.decode().split())
    assert "1 unpublished change by ada" in text
    assert b"unpublished change" not in as_agent.get("/desk/").content


def test_the_draft_is_said_in_plain_words(as_administrator, chat):
    save(chat)

    text = as_administrator.get(DRAFT).content.decode()

    assert "route-to-queue rule “Gold”" in text
    assert "always: to Support" in text


def test_what_acts_already_is_marked_beside_what_waits(as_administrator, chat):
    chat.assist_bots.add(make_bot("Aide", purpose="assist"))
    save(chat)

    text = " ".join(as_administrator.get(DRAFT).content.decode().split())

    assert '<ins>Aide</ins> <span class="text-secondary">(acts already)</span>' in text
    assert text.count("(acts already)") == 1


def test_what_an_offer_says_acts_at_once_as_the_page_tells(
    as_administrator, chat, administrator, agent, now
):
    template = make_notification_template(title="Old words")
    make_offer(make_item(chat), agent, now, template=template)

    edit_notification_template(template=template, by=administrator, now=now, title="New words")

    text = " ".join(as_administrator.get(DRAFT).content.decode().split())
    assert my_offers(agent)[0].card.title == "New words"
    assert "what offers do, wait until they are published" in text
    assert "session templates, what offers say," in text


def test_it_is_published_with_a_note(as_administrator, chat):
    save(chat)

    response = as_administrator.post(DRAFT, {**looked_at(), "note": "For gold."})

    assert response.status_code == 303
    newest = ConfigurationVersion.objects.latest("number")
    assert (newest.number, newest.note, newest.by) == (3, "For gold.", "ada")
    assert b"For gold." in as_administrator.get("/configuration/versions/").content


def test_what_changed_meanwhile_is_shown_and_nothing_published(as_administrator, chat):
    save(chat)
    seen = looked_at()
    save(chat, "Silver", by=make_user("grace", "administrator"))

    response = as_administrator.post(DRAFT, seen)

    text = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert "“Chat” was edited by grace" in text
    assert ConfigurationVersion.objects.count() == 2


def test_it_is_scheduled_and_cancelled(as_administrator, chat):
    save(chat)

    response = as_administrator.post(DRAFT, {**looked_at(), "due_at": "2126-01-01T09:00"})
    shown = as_administrator.get(DRAFT).content.decode()
    cancelled = as_administrator.post(
        f"/configuration/versions/scheduled/{ScheduledPublication.objects.get().pk}/cancel/"
    )

    assert (response.status_code, cancelled.status_code) == (303, 303)
    assert "2126-01-01 09:00 UTC" in shown
    assert ScheduledPublication.objects.get().state == "cancelled"


@pytest.mark.parametrize("due_at", ["2020-01-01T09:00", "9999-12-31T23:00", "soon"])
def test_a_strange_moment_is_refused(as_administrator, chat, due_at):
    save(chat)

    response = as_administrator.post(DRAFT, {**looked_at(), "due_at": due_at})

    assert response.status_code == 422
    assert ConfigurationVersion.objects.count() == 2


@pytest.mark.parametrize("sent", [{}, {"base": "x"}, {"base": "9" * 500, "state": "y"}])
def test_a_form_of_something_else_publishes_nothing(as_administrator, chat, sent):
    save(chat)

    assert as_administrator.post(DRAFT, sent).status_code == 422
    assert as_administrator.post(f"{DRAFT}discard/", sent).status_code == 422


def test_one_object_or_all_is_discarded(as_administrator, chat):
    save(chat)
    one = {"object": f"workstream:{chat.pk}"}

    assert as_administrator.post(f"{DRAFT}discard/", looked_at() | one).status_code == 303
    assert not configuration.draft().entries

    save(chat)
    assert as_administrator.post(f"{DRAFT}discard/", looked_at()).status_code == 303
    assert not configuration.draft().entries


def test_discarding_what_changed_meanwhile_is_refused(as_administrator, chat):
    save(chat)
    seen = looked_at()
    save(chat, "Silver")

    assert as_administrator.post(f"{DRAFT}discard/", seen).status_code == 409
    assert configuration.draft().entries


def test_supervisors_look_and_change_nothing(as_supervisor, as_agent, chat):
    save(chat)

    shown = as_supervisor.get(DRAFT)

    assert shown.status_code == 200
    assert b"<button" not in shown.content.split(b'id="content"')[1].split(b"</main>")[0]
    assert as_supervisor.post(DRAFT, looked_at()).status_code == 403
    assert as_supervisor.post(f"{DRAFT}discard/", looked_at()).status_code == 403
    assert as_agent.get(DRAFT).status_code == 403


def test_rolling_back_asks_with_the_difference(as_administrator, chat):
    save(chat)
    as_administrator.post(DRAFT, looked_at())

    asked = as_administrator.get("/configuration/versions/2/roll-back/")
    done = as_administrator.post("/configuration/versions/2/roll-back/", looked_at())

    assert "route-to-queue rule “Gold”" in asked.content.decode()
    assert done.status_code == 303
    newest = ConfigurationVersion.objects.latest("number")
    assert (newest.rolled_back_to, newest.note) == (2, "Rolled back to version 2.")
    assert "Rolled back to" in as_administrator.get("/configuration/versions/").content.decode()


def test_rolling_back_to_what_is_newest_is_refused(as_administrator, chat):
    response = as_administrator.post("/configuration/versions/2/roll-back/", looked_at())

    assert response.status_code == 409
    assert as_administrator.get("/configuration/versions/99/roll-back/").status_code == 404


def test_any_two_versions_are_compared(as_supervisor, chat):
    save(chat)
    configuration.publish(by=None, now=timezone.now())

    text = as_supervisor.get("/configuration/versions/compare/?a=1&b=3").content.decode()

    assert "reviews before publishing" in text
    assert "route-to-queue rule “Gold”" in text


@pytest.mark.parametrize("query", ["a=1", "a=x&b=1", "a=1&b=77", "a=-1&b=1", f"a={'9' * 400}&b=1"])
def test_versions_there_are_not_cannot_be_compared(as_supervisor, chat, query):
    response = as_supervisor.get(f"/configuration/versions/compare/?{query}")

    assert response.status_code == 422


def test_checks_stop_a_publication(as_administrator, chat):
    save(chat)
    rule = chat.rulesets.get().rules.get()
    rule.queues.update(percent=60)

    response = as_administrator.post(DRAFT, looked_at())

    assert response.status_code == 422
    assert "make 60, not 100" in response.content.decode()
    assert ConfigurationVersion.objects.count() == 2


def test_the_checks_have_a_page(as_supervisor, chat):
    save(chat)
    save_rulesets(
        workstream=chat,
        kind=RulesetKind.ROUTE_TO_QUEUE,
        rulesets=[
            {"name": name, "when": {}, "queues": [{"queue": "Support", "percent": 100}]}
            for name in ("Everything", "Nothing")
        ],
        by=User.objects.get(username="ada"),
        now=timezone.now(),
    )

    draft = as_supervisor.get("/checks/").content.decode()
    published = as_supervisor.get("/checks/?rules=published").content.decode()

    sentence = "The rule “Nothing” can never match"
    assert (sentence in draft, sentence in published) == (True, False)
    assert f"/rules/workstreams/{chat.pk}/route-to-queue/1/2/edit/" in draft
