"""Operating hours of a document are looked at as those of their page."""

import pytest

from agents.models import OperatingHours
from routing import configuration

pytestmark = pytest.mark.django_db
NINE_TO_FIVE = {"weekday": 0, "start": "09:00", "end": "17:00"}
NIGHT = {"weekday": 0, "start": "20:00", "end": "00:00"}
OVERLAP = "Periods of one day may not overlap, and each ends after it starts."


def hours(*periods, **more):
    return {"name": "Shop", "time_zone": "UTC", "periods": [*periods], **more}


def findings(*entries):
    document = {"format": 2, "operating_hours": [*entries]}
    return {each["path"]: each["message"] for each in configuration.validate(document)}


@pytest.mark.parametrize(
    "other",
    [
        NINE_TO_FIVE,
        NINE_TO_FIVE | {"start": "16:59", "end": "20:00"},
        NIGHT | {"start": "08:00"},
        NINE_TO_FIVE | {"start": "10:00", "end": "11:00", "every_weeks": 1},
    ],
)
def test_hours_that_overlap_are_refused(other) -> None:
    assert findings(hours(NINE_TO_FIVE, other)) == {"operating_hours.0.periods": OVERLAP}


@pytest.mark.parametrize(
    "other",
    [
        NIGHT,
        NINE_TO_FIVE | {"start": "17:00", "end": "20:00"},
        NINE_TO_FIVE | {"weekday": 1},
        NINE_TO_FIVE | {"from": "2026-03-02", "until": "2026-03-02"},
    ],
)
def test_hours_of_other_days_or_times_go_together(other) -> None:
    assert findings(hours(NINE_TO_FIVE, other)) == {}


def test_all_that_is_wrong_is_listed_and_nothing_is_imported(administrator, now) -> None:
    night, never = NIGHT | {"end": "06:00"}, {"from": "2026-03-03", "until": "2026-03-08"}
    holiday = {"date": "2026-12-24", "until": "2026-12-01", "reason": "", "repeats_yearly": False}
    first = hours(NINE_TO_FIVE, NINE_TO_FIVE, night, NINE_TO_FIVE | never, holidays=[holiday])
    entries = [first, hours(NINE_TO_FIVE) | {"name": "Fine"}, hours(NIGHT, NIGHT) | {"name": "No"}]
    document = {"format": 2, "operating_hours": entries}

    with pytest.raises(configuration.InvalidDocument) as refused:
        configuration.import_document(document, by=administrator, now=now)

    said = {each["path"]: each["message"] for each in refused.value.findings}
    assert said.keys() == {
        "operating_hours.0.periods",
        "operating_hours.0.holidays",
        "operating_hours.2.periods",
    }
    for sentence in ("A day ends at 00:00.", "never come: there is no such day", OVERLAP):
        assert sentence in said["operating_hours.0.periods"]
    assert not OperatingHours.objects.filter(name__in=["Shop", "Fine", "No"]).exists()
