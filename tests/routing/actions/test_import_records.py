"""Two files become records to learn from."""

import pytest

from routing.actions.import_records import import_records
from routing.exceptions import (
    InvalidFiles,
)
from routing.models import TrainingRecord
from tests.factories.learning import make_model

RECORDS = (
    'Model,Record name,Input data\nTopics,Case 1,"My machine, it leaks"\nTopics,Case 2,refund\n'
)
MAPPINGS = (
    "Record,Characteristic mapping,Characteristic\nCase 1,M1,machines\nCase 1,M2,Orders\n"
    "Case 2,M3,Billing\n"
)


def test_two_files_become_records(skills, now):
    model = make_model(name="Topics")

    count = import_records(records=RECORDS, mappings=MAPPINGS, now=now)
    again = import_records(records=RECORDS, mappings=MAPPINGS, now=now)

    assert (count, again, model.records.count()) == (2, 2, 2)
    first = model.records.get(name="Case 1")
    assert first.text == "My machine, it leaks"
    assert first.skill_ids == sorted([skills["Machines"].pk, skills["Orders"].pk])
    assert not first.is_approved


@pytest.mark.parametrize(
    ("records", "mappings", "fault"),
    [
        ("", "", "the first line has to name the columns"),
        ("a,b\n1,2\n", MAPPINGS, "the first line has to name the columns"),
        (
            RECORDS.replace("Topics,Case 2", "Other,Case 2"),
            MAPPINGS,
            "line 3: there is no skill model",
        ),
        (RECORDS.replace("Case 2", "Case 1"), MAPPINGS.replace("Case 2", "Case 1"), "twice"),
        (RECORDS.replace(",refund", ","), MAPPINGS, "line 3: the input data is empty"),
        (RECORDS, MAPPINGS.replace("Orders", "Cooking"), "line 3: there is no skill Cooking"),
        (RECORDS, MAPPINGS.replace("Case 2", "Case 9"), "line 4: there is no record Case 9"),
        (RECORDS + "Topics,Case 3," + "x" * 200_000, MAPPINGS, "field larger than"),
        (RECORDS.split("\n")[0], MAPPINGS.split("\n")[0], "there is no record in the file"),
    ],
    ids=["empty", "heads", "model", "twice", "text", "skill", "record", "large", "nothing"],
)
def test_files_with_faults_import_nothing(skills, now, records, mappings, fault):
    make_model(name="Topics")

    with pytest.raises(InvalidFiles) as refused:
        import_records(records=records, mappings=mappings, now=now)

    assert any(fault in each for each in refused.value.faults), refused.value.faults
    assert not TrainingRecord.objects.exists()
