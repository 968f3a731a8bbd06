"""Pages of models."""

import pytest

from routing.actions.ask_for_records import run_loading
from routing.actions.train_model import ask_for_training, run_training
from routing.models import LearnedModel
from routing.terms import RuleType
from tests.factories import make_item
from tests.factories.learning import add_version, make_model, make_record
from tests.routing.learning.lessons import lessons
from workstreams.terms import ItemState

HTMX = {"HTTP_HX_REQUEST": "true"}


def test_a_new_model_is_created_and_shown(as_administrator):
    sent = {
        "name": "Topics",
        "kind": "skill_identification",
        "inputs": "title\r\n messages \r\n\r\n",
        "minimum_confidence": "60",
    }

    response = as_administrator.post("/models/new/", sent, follow=True)

    model = LearnedModel.objects.get()
    assert response.redirect_chain[-1][0] == f"/models/{model.pk}/"
    assert (model.inputs, model.minimum_confidence) == (["title", "messages"], 60)
    assert "None yet: load records" in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"inputs": "nothing.here"}, "There is no field nothing.here."),
        ({"kind": "effort", "inputs": "title"}, "Choose 2 to 10 inputs."),
        ({"minimum_confidence": "100"}, "Choose a percentage from 1 to 99."),
        ({"closed_from": "2026-03-02", "closed_until": "2026-03-01"}, "before the first"),
        ({"closed_until": "9999-12-31"}, "Name a year from 1900 to 2999."),
        ({"name": "TOPICS"}, "taken"),
    ],
)
def test_what_is_wrong_stands_at_its_field(as_administrator, topics, sent, said):
    usual = {"name": "New", "kind": "skill_identification", "inputs": "title"}

    response = as_administrator.post("/models/new/", usual | {"minimum_confidence": "50"} | sent)

    assert response.status_code == 422
    assert said in response.content.decode() or "already" in response.content.decode()
    assert LearnedModel.objects.count() == 1


def test_the_kind_of_a_model_stays(as_administrator, topics):
    sent = {
        "name": "Other name",
        "kind": "effort",
        "inputs": "title",
        "minimum_confidence": "40",
        "loaded_version": str(topics.revision),
    }

    as_administrator.post(f"/models/{topics.pk}/edit/", sent)

    topics.refresh_from_db()
    assert (topics.name, topics.kind) == ("Other name", RuleType.SKILLS)
    assert topics.published is not None


def test_the_list_says_how_far_models_are(as_administrator, topics, django_assert_max_num_queries):
    make_record(topics, is_approved=True)
    make_record(topics)
    as_administrator.get("/models/")

    with django_assert_max_num_queries(8):
        page = as_administrator.get("/models/").content.decode()

    assert "Topics" in page
    assert "Version 1" in page


def test_load_train_and_publish_by_buttons(
    as_administrator, workstream, skills, administrator, now
):
    model = make_model(name="Topics")
    for lesson in lessons(55):
        pairs = [[s.pk, None] for s in skills if s.name in lesson.skills]
        make_item(
            workstream,
            state=ItemState.CLOSED,
            closed_at=now,
            title=lesson.text,
            required_skills=pairs,
        )

    loading = as_administrator.post(f"/models/{model.pk}/load/", follow=True).content.decode()
    run_loading(load_id=model.loads.get().pk, clock=lambda: now)
    loaded = as_administrator.get(f"/models/{model.pk}/").content.decode()
    as_administrator.post(f"/models/{model.pk}/records/review/", {"which": "all", "do": "approve"})
    queued = as_administrator.post(f"/models/{model.pk}/train/", follow=True).content.decode()
    run_training(version_id=model.versions.get().pk, clock=lambda: now)
    done = as_administrator.get(f"/models/{model.pk}/").content.decode()
    published = as_administrator.post(
        f"/models/{model.pk}/versions/{model.versions.get().pk}/publish/", follow=True
    ).content.decode()

    assert "Waiting for a worker, 0 %" in loading
    assert 'hx-trigger="every 2s"' in loading
    assert "55 records added" in loaded
    assert 'hx-trigger="every 2s"' not in loaded
    assert 'hx-trigger="every 2s"' in queued
    assert "How well it learned" in done
    assert 'hx-trigger="every 2s"' not in done
    assert "Version 1 is in use." in published


def test_a_failed_training_says_why(as_administrator, skills, administrator, now):
    model = make_model()
    for number in range(50):
        make_record(model, f"word {number}", is_approved=True)
    version = ask_for_training(model=model, by=administrator, now=now)
    run_training(version_id=version.pk, clock=lambda: now)

    page = as_administrator.get(f"/models/{model.pk}/").content.decode()

    assert "No skill has 3 approved records." in page
    assert f"{now:%-d %b %Y, %H:%M} UTC, " in page


def test_too_few_records_are_refused_with_a_sentence(as_administrator):
    model = make_model()

    response = as_administrator.post(f"/models/{model.pk}/train/")

    assert response.status_code == 409
    assert "at least 50 approved records" in response.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_dry_run_shows_skills_with_per_cent(as_administrator, topics, headers):
    response = as_administrator.post(
        f"/models/{topics.pk}/try/", {"text": "My machine has a leak"}, **headers
    )

    page = response.content.decode()
    assert "Machines" in page
    assert "%</strong>" in page.replace(" %", "%")
    assert page.lstrip().startswith("<section") == bool(headers)


@pytest.mark.parametrize("text", ["", " ", "x" * 100_000, "注文", "😡"])
def test_no_text_breaks_a_dry_run(as_administrator, topics, text):
    sentiment = make_model(RuleType.SENTIMENT)
    untrained = make_model()

    for address in (
        f"/models/{topics.pk}/try/",
        f"/models/{sentiment.pk}/try/",
        f"/models/{untrained.pk}/try/",
        "/models/sentiment/",
    ):
        assert as_administrator.post(address, {"text": text}).status_code == 200


def test_built_in_sentiment_can_be_tried(as_administrator):
    page = as_administrator.post(
        "/models/sentiment/", {"text": "Awful, the machine is broken"}
    ).content.decode()

    assert "Very negative" in page
    assert "Keywords: awful, broken" in page


def test_the_page_of_a_model_with_many_versions_costs_the_same(
    as_administrator, topics, django_assert_max_num_queries
):
    add_version(topics, lessons(60, seed=3))
    as_administrator.get(f"/models/{topics.pk}/")

    with django_assert_max_num_queries(14):
        as_administrator.get(f"/models/{topics.pk}/")


def test_supervisors_read_and_change_nothing(client, supervisor, topics):
    client.force_login(supervisor)

    page = client.get(f"/models/{topics.pk}/").content.decode()

    assert "Topics" in page
    assert "Dry run" not in page
    assert client.get(f"/models/{topics.pk}/records/").status_code == 200
    assert client.get(f"/models/{topics.pk}/filter/").status_code == 403
    for verb in ("load", "load/cancel", "train", "try", "records/review"):
        assert client.post(f"/models/{topics.pk}/{verb}/").status_code == 403


def test_a_model_that_is_used_is_not_deleted(as_administrator, topics, workstream):
    workstream.rulesets.create(
        kind="classification", name="Find", rule_type=topics.kind, model=topics, inputs=["title"]
    )

    refused = as_administrator.post(f"/models/{topics.pk}/delete/")
    workstream.rulesets.all().delete()
    as_administrator.post(f"/models/{topics.pk}/delete/")

    assert "Find of Chat" in refused.content.decode()
    assert not LearnedModel.objects.exists()


def test_a_loading_is_stopped_by_a_button(as_administrator, topics):
    as_administrator.post(f"/models/{topics.pk}/load/")

    page = as_administrator.post(f"/models/{topics.pk}/load/cancel/", follow=True).content.decode()

    assert "Cancelled. What was loaded until then is kept." in page
    assert as_administrator.post(f"/models/{topics.pk}/load/cancel/").status_code == 409
