"""The records that a model is trained with: reviewed, put right, imported."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from routing.models import TrainingRecord
from routing.terms import RuleType
from tests.factories.learning import make_model, make_record

HTMX = {"HTTP_HX_REQUEST": "true"}


def test_records_are_searched_and_reviewed(as_administrator, topics):
    leak, other = make_record(topics, "it leaks"), make_record(topics, "a refund")
    address = f"/models/{topics.pk}/records/"

    found = as_administrator.get(f"{address}?q=LEAK").content.decode()
    as_administrator.post(f"{address}review/", {"do": "approve", "selected": [leak.pk, "x", "²"]})
    approved = as_administrator.get(f"{address}?state=approved").content.decode()
    as_administrator.post(f"{address}review/", {"do": "delete", "which": "all", "q": "refund"})

    assert "it leaks" in found
    assert "a refund" not in found
    assert "it leaks" in approved
    assert "a refund" not in approved
    assert [record.pk for record in topics.records.all()] == [leak.pk]
    assert other.pk != leak.pk


def test_records_of_another_model_are_left_alone(as_administrator, topics):
    record = make_record(make_model())

    as_administrator.post(
        f"/models/{topics.pk}/records/review/", {"do": "delete", "selected": [record.pk]}
    )
    edited = as_administrator.post(f"/models/{topics.pk}/records/{record.pk}/edit/", {})

    assert TrainingRecord.objects.filter(pk=record.pk).exists()
    assert edited.status_code == 404


def test_the_tags_of_a_record_are_put_right(as_administrator, topics, skills):
    record = make_record(topics, "it leaks")

    as_administrator.post(
        f"/models/{topics.pk}/records/{record.pk}/edit/",
        {"skills": [skills[0].pk], "is_approved": "on"},
    )

    record.refresh_from_db()
    assert (record.skill_ids, record.is_approved, record.is_edited) == ([skills[0].pk], True, True)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (RuleType.SENTIMENT, {"sentiment": "negative"}, {"sentiment": "not_available"}),
        (RuleType.EFFORT, {"minutes": "12.5"}, {"minutes": "0"}),
        (RuleType.EFFORT, {"minutes": "1"}, {}),
    ],
)
def test_other_kinds_have_their_own_tag(as_administrator, kind, good, bad):
    record = make_record(make_model(kind))
    address = f"/models/{record.model_id}/records/{record.pk}/edit/"

    assert as_administrator.post(address, bad).status_code == 422
    assert as_administrator.post(address, good).status_code == 303


def test_records_cost_the_same_queries_however_many(
    as_administrator, topics, django_assert_max_num_queries
):
    for number in range(40):
        make_record(topics, f"text {number}")
    as_administrator.get(f"/models/{topics.pk}/records/")

    with django_assert_max_num_queries(9):
        as_administrator.get(f"/models/{topics.pk}/records/")


def test_files_are_imported_or_told_what_is_wrong(as_administrator, topics):
    def send(records, mappings):
        files = {
            "records": SimpleUploadedFile("records.csv", records),
            "mappings": SimpleUploadedFile("skills.csv", mappings),
        }
        return as_administrator.post("/models/import/", files)

    heads = b"model,record name,input data\n", b"record,characteristic mapping,characteristic\n"
    wrong = send(heads[0] + b"Other,1,leak\n", heads[1])
    bytes_ = send(b"\xff\xfe", heads[1])
    good = send(heads[0] + b"Topics,1,leak\n", heads[1] + b"1,a,Machines\n")

    assert (wrong.status_code, bytes_.status_code, good.status_code) == (422, 422, 303)
    assert "line 2: there is no skill model Other" in wrong.content.decode()
    assert "UTF-8" in bytes_.content.decode()
    assert topics.records.count() == 1
