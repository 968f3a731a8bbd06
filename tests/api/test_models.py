"""Models that machines learn, over HTTP."""

import pytest

from routing.actions.ask_for_records import run_loading
from routing.actions.train_model import run_training
from routing.models import LearnedModel
from routing.terms import RuleType
from tests.factories import make_skill
from tests.factories.learning import make_closed, make_model, make_record, make_trained
from tests.routing.learning.lessons import WORDS, lessons

MODEL = {"name": "Topics", "kind": "skill_identification", "inputs": ["title", "messages"]}
GOLD = {"field": "context.tier", "op": "equals", "value": "gold"}


@pytest.fixture
def skills(db):
    return {name: make_skill(name) for name in WORDS}


@pytest.fixture
def topics(skills):
    return make_trained(lessons(60), name="Topics")


def test_a_model_is_created_changed_and_deleted(as_administrator, workstream):
    made = as_administrator.post("/models", {**MODEL, "workstreams": ["Chat"], "when": GOLD})
    model = made.json()
    address = f"/models/{model['id']}"

    assert made.status_code == 201
    assert (model["workstreams"], model["when"], model["published"]) == (["Chat"], GOLD, None)
    assert model["minimum_confidence"] == 50
    changed = as_administrator.patch(
        address, {"workstreams": [], "closed_from": "2026-01-01", "revision": 1}
    ).json()
    assert (changed["workstreams"], changed["closed_from"]) == ([], "2026-01-01")
    stale = as_administrator.patch(address, {"name": "Late", "revision": 1})
    assert (stale.status_code, stale.json()["type"]) == (409, "saved-meanwhile")
    assert as_administrator.get("/models").json()["items"][0]["name"] == "Topics"
    assert as_administrator.delete(address).status_code == 204
    assert as_administrator.get(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**MODEL, "inputs": ["nothing.here"]}, "inputs"),
        ({**MODEL, "kind": "effort", "inputs": ["title"]}, "inputs"),
        ({**MODEL, "when": {"field": "title", "op": "resembles"}}, "when"),
        ({**MODEL, "workstreams": ["Nowhere"]}, "workstreams"),
        ({**MODEL, "name": "tAKEN"}, "name"),
        ({**MODEL, "closed_from": "2026-02-01", "closed_until": "2026-01-01"}, ""),
        ({**MODEL, "closed_until": "9999-12-31"}, "closed_until"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(as_administrator, body, field):
    make_model(name="Taken")

    problem = as_administrator.post("/models", body)

    assert problem.status_code == 422
    assert problem.json()["errors"][0]["field"].startswith(field)
    assert LearnedModel.objects.count() == 1


def test_from_closed_work_to_a_published_version(as_administrator, workstream, skills, now):
    for lesson in lessons(55):
        pairs = [[skills[name].pk, None] for name in lesson.skills]
        make_closed(workstream, now, lesson.text, required_skills=pairs)
    address = f"/models/{as_administrator.post('/models', MODEL).json()['id']}"

    load = as_administrator.post(f"{address}/load")
    run_loading(load_id=load.json()["id"], clock=lambda: now)
    loaded = as_administrator.get(f"{address}/load").json()
    all_ = {"action": "approve", "all": True}
    approved = as_administrator.post(f"{address}/records/review", all_).json()
    training = as_administrator.post(f"{address}/train")
    run_training(version_id=LearnedModel.objects.get().versions.get().pk, clock=lambda: now)
    version = as_administrator.get(f"{address}/versions/1").json()
    published = as_administrator.post(f"{address}/versions/1/publish").json()
    tried = as_administrator.post(f"{address}/try", {"text": "My machine has a leak"}).json()

    assert (load.status_code, load.json()["state"]) == (202, "queued")
    assert (loaded["state"], loaded["added"], loaded["progress"]) == ("done", 55, 100)
    assert approved == {"changed": 55}
    assert (training.status_code, training.json()["number"]) == (202, 1)
    assert (version["state"], version["records"], version["in_use"]) == ("trained", 55, False)
    assert version["quality"]["skills"][0]["skill"] in WORDS
    assert published["published"] == 1
    assert as_administrator.get(f"{address}/versions").json()[0]["in_use"]
    assert (tried["lines"][0]["label"], tried["by"]) == ("Machines", "Version 1")


def test_refusals_say_why(as_administrator, topics, workstream):
    address = f"/models/{topics.pk}"
    workstream.rulesets.create(
        kind="classification", name="Find", rule_type=topics.kind, model=topics, inputs=["title"]
    )

    assert as_administrator.post(f"{address}/train").json()["type"] == "too-few-records"
    assert as_administrator.post(f"{address}/train/cancel").json()["type"] == "not-training"
    assert as_administrator.post(f"{address}/load/cancel").json()["type"] == "not-loading"
    assert as_administrator.delete(address).json()["type"] == "in-use"
    as_administrator.post(f"{address}/load")
    assert as_administrator.post(f"{address}/load").json()["type"] == "already-loading"
    assert as_administrator.post(f"{address}/versions/9/publish").status_code == 404


def test_tags_of_a_record_are_put_right(as_administrator, topics):
    record = make_record(topics, "it leaks")
    address = f"/models/{topics.pk}/records/{record.pk}"

    changed = as_administrator.patch(address, {"skills": ["Machines"]}).json()
    kept = as_administrator.patch(address, {"approved": False}).json()

    assert (changed["skills"], changed["approved"], changed["edited"]) == (["Machines"], True, True)
    assert (kept["skills"], kept["approved"]) == (["Machines"], False)
    unknown = as_administrator.patch(address, {"skills": ["Cooking"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "skills")


def test_records_are_searched_and_others_left_alone(as_administrator, topics):
    leak, other = make_record(topics, "it leaks"), make_record(make_model(), "it leaks")
    make_record(topics, "a refund")
    address = f"/models/{topics.pk}/records"

    found = as_administrator.get(f"{address}?search=LEAK&state=review").json()["items"]
    ids = [leak.pk, other.pk]
    gone = as_administrator.post(f"{address}/review", {"action": "delete", "ids": ids}).json()

    assert [each["id"] for each in found] == [leak.pk]
    assert gone == {"changed": 1}
    assert as_administrator.get(f"{address}/{other.pk}").status_code == 404


def test_a_sentiment_is_one_of_ours(as_administrator):
    record = make_record(make_model(RuleType.SENTIMENT), "so so", sentiment="neutral")
    address = f"/models/{record.model_id}/records/{record.pk}"

    assert as_administrator.patch(address, {"sentiment": "cross"}).status_code == 422
    assert as_administrator.patch(address, {"sentiment": "negative"}).json()["approved"]
    tried = as_administrator.post("/models/sentiment/try", {"text": "Awful"}).json()
    assert tried["keywords"] == ["awful"]


def test_two_files_are_imported_or_told_what_is_wrong(as_administrator, topics):
    heads = "model,record name,input data\n", "record,characteristic mapping,characteristic\n"
    good = {"records": f"{heads[0]}Topics,1,leak\n", "mappings": f"{heads[1]}1,a,Machines\n"}
    bad = good | {"records": f"{heads[0]}Other,1,leak\n"}

    refused = as_administrator.post("/training-records/import", bad)
    done = as_administrator.post("/training-records/import", good)

    assert refused.status_code == 422
    assert "line 2: there is no skill model Other" in refused.json()["detail"]
    assert (done.status_code, done.json()) == (201, {"changed": 1})


def test_supervisors_read_and_agents_do_not(as_supervisor, as_agent, topics):
    address = f"/models/{topics.pk}"

    assert as_supervisor.get(address).json()["published"] == 1
    assert as_supervisor.get(f"{address}/records").status_code == 200
    assert as_supervisor.post(f"{address}/load").status_code == 403
    assert as_agent.get(address).status_code == 403
