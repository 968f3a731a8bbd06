"""/skills, /rating-models, /capacity-profiles, /presences, /operating-hours."""

import pytest

from agents.models import AgentSkill, Presence
from tests.factories import make_agent, make_skill

CASES = [
    ("/skill-types", {"name": "Languages"}, {"name": "Tongues"}),
    ("/rating-models", {"name": "Stars", "min": 1, "max": 5}, {"max": 6}),
    ("/skills", {"name": "French"}, {"description": "Spoken"}),
    ("/agent-attributes", {"name": "Level", "type": "number"}, {"description": "1 to 5"}),
    (
        "/agent-attributes",
        {"name": "Team", "type": "choice", "options": ["Red", "Blue"]},
        {"options": ["Green"]},
    ),
    ("/capacity-profiles", {"name": "Chats", "limit": 3}, {"limit": 4}),
    ("/presences", {"name": "lunch", "text": "At lunch", "base": "away"}, {"text": "Eating"}),
    (
        "/operating-hours",
        {
            "name": "Office",
            "time_zone": "Europe/Berlin",
            "periods": [{"weekday": 0, "start": "09:00", "end": "24:00"}],
            "holidays": [{"date": "2026-12-25", "reason": "Christmas"}],
        },
        {"periods": []},
    ),
]
IDS = [path for path, _, _ in CASES]


@pytest.mark.parametrize(("path", "new", "change"), CASES, ids=IDS)
def test_they_are_created_listed_changed_and_deleted(as_administrator, path, new, change):
    created = as_administrator.post(path, new)
    one = f"{path}/{created.json()['id']}"

    assert created.status_code == 201
    assert new.items() <= created.json().items()
    assert as_administrator.get(one).json() == created.json()
    assert created.json() in as_administrator.get(path).json()["items"]
    assert as_administrator.patch(one, change).json() == created.json() | change
    assert as_administrator.delete(one).status_code == 204
    assert as_administrator.get(one).status_code == 404


@pytest.mark.parametrize(("path", "new", "change"), CASES, ids=IDS)
def test_a_taken_name_gets_422(as_administrator, path, new, change):
    as_administrator.post(path, new)

    response = as_administrator.post(path, new | {"name": new["name"].upper()})

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "name"


@pytest.mark.parametrize(("path", "new", "change"), CASES, ids=IDS)
def test_supervisors_read_and_agents_do_not(as_supervisor, as_agent, path, new, change):
    assert as_supervisor.get(path).status_code == 200
    assert as_supervisor.post(path, new).status_code == 403
    assert as_agent.get(path).status_code == 403


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/rating-models", {"name": "Flat", "min": 5, "max": 5}),
        ("/rating-models", {"name": "Big", "min": 1, "max": 10**20}),
        ("/skills", {"name": "French", "type": "Nothing"}),
        ("/capacity-profiles", {"name": "Chats", "limit": 101}),
        ("/capacity-profiles", {"name": "Chats", "limit": 1, "reset": "never"}),
        ("/presences", {"name": "lunch", "text": "x", "base": "inactive"}),
        ("/operating-hours", {"name": "Office", "time_zone": "Mars/Olympus"}),
        ("/operating-hours", {"name": "O", "periods": [{"weekday": 7, "start": "9", "end": "x"}]}),
        (
            "/operating-hours",
            {"name": "O", "periods": [{"weekday": 1, "start": "12:00", "end": "11:00"}]},
        ),
    ],
)
def test_wrong_values_get_422(as_administrator, path, body):
    assert as_administrator.post(path, body).status_code == 422


def test_a_skill_that_agents_have_stays(as_administrator):
    make_agent("dora", skills={"French": 5})
    skill = AgentSkill.objects.get().skill

    response = as_administrator.delete(f"/skills/{skill.pk}")

    assert response.status_code == 409
    assert response.json()["type"] == "in-use"
    assert response.json()["dependencies"]


def test_a_built_in_presence_stays(as_administrator):
    presence = Presence.objects.get(name="busy")

    response = as_administrator.patch(f"/presences/{presence.pk}", {"text": "Occupied"})

    assert response.status_code == 409
    assert response.json()["type"] == "built-in"


def test_the_reset_frequency_of_a_profile_stays(as_administrator):
    created = as_administrator.post("/capacity-profiles", {"name": "Chats", "limit": 3}).json()

    path = f"/capacity-profiles/{created['id']}"
    assert as_administrator.patch(path, {"reset": "end_of_day"}).status_code == 409


def test_a_name_may_be_kept_and_not_taken_over(as_administrator):
    make_skill("French")
    spanish = make_skill("Spanish")

    path = f"/skills/{spanish.pk}"
    assert as_administrator.patch(path, {"name": "Spanish"}).status_code == 200
    assert as_administrator.patch(path, {"name": "french"}).status_code == 422
