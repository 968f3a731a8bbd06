"""What rules, methods and models name stays as they know it: its name, its scale, itself."""

import pytest

from agents.models import SkillType
from routing.models import Rule, Ruleset
from tests.factories import make_method, make_profile, make_skill
from tests.factories.learning import make_model

GERMAN = {"field": "skills", "op": "contains", "value": "German"}
OF_AGENTS = {"field": "agent.skills", "op": "contains", "value": "German"}
OF_HOURS = {"field": "agent.hours", "op": "in", "value": ["office", "Night"]}
OF_A_TYPE = {"field": "agent.skills", "op": "exact_match", "value": "Languages"}


def classify(workstream, then, when=None):
    ruleset = Ruleset.objects.create(kind="classification", workstream=workstream, name="Sort")
    return Rule.objects.create(ruleset=ruleset, name="A", when=when or {}, then=then)


@pytest.mark.parametrize("of", ["skills", "capacity-profiles"])
def test_what_rules_name_keeps_its_name(as_administrator, workstream, of):
    row = make_skill("German") if of == "skills" else make_profile("German")
    classify(workstream, {"skills": [{"skill": "German"}], "capacity_profiles": ["German"]})

    response = as_administrator.patch(f"/{of}/{row.pk}", {"name": "Deutsch"})

    assert (response.status_code, response.json()["type"]) == (409, "named-in-rules")
    assert "A of Chat" in response.json()["detail"]


@pytest.mark.parametrize("by", ["rule", "method", "bucket", "model"])
def test_a_skill_that_something_compares_with_stays(as_administrator, workstream, by):
    skill = make_skill("German")
    if by == "rule":
        classify(workstream, {"priority": 1}, {"any": [GERMAN]})
    elif by == "method":
        rules = [{"name": "Here", "when": OF_AGENTS}]
        make_method("Ours", rulesets=[{"name": "All", "rules": rules}])
    elif by == "bucket":
        make_method("Ours", prioritization=[{"name": "First", "when": GERMAN}])
    else:
        make_model(name="Topics", when={"not": GERMAN})

    renamed = as_administrator.patch(f"/skills/{skill.pk}", {"name": "Deutsch"})
    deleted = as_administrator.delete(f"/skills/{skill.pk}")

    assert (renamed.status_code, deleted.status_code) == (409, 409)
    [use] = deleted.json()["dependencies"]
    assert use["url"].startswith("/")


@pytest.mark.parametrize(
    "asked",
    [
        {"when": OF_A_TYPE},
        {"order_by": [{"by": "proficiency_nearest", "skill_type": "languages"}]},
    ],
    ids=["condition", "order"],
)
def test_a_skill_type_that_a_method_asks_for_stays(as_administrator, asked):
    row = SkillType.objects.create(name="Languages")
    rules = [{"name": "Here", **asked}]
    make_method("Ours", rulesets=[{"name": "All", "rules": rules}])

    renamed = as_administrator.patch(f"/skill-types/{row.pk}", {"name": "Tongues"})
    deleted = as_administrator.delete(f"/skill-types/{row.pk}")

    assert (renamed.status_code, deleted.status_code) == (409, 409)


def test_hours_that_a_method_compares_agents_with_stay(as_administrator):
    made = as_administrator.post("/operating-hours", {"name": "Office"}).json()
    rules = [{"name": "Here", "when": {"not": OF_HOURS}}]
    make_method("Ours", rulesets=[{"name": "All", "rules": rules}])
    url = f"/operating-hours/{made['id']}"

    renamed = as_administrator.patch(url, {"name": "Büro"})
    changed = as_administrator.patch(url, {"time_zone": "Europe/Rome"})
    deleted = as_administrator.delete(url)

    assert (renamed.status_code, changed.status_code, deleted.status_code) == (409, 200, 409)
    assert "Ours" in renamed.json()["detail"]


def test_a_scale_holds_the_ratings_that_rules_ask_for(as_administrator, workstream):
    skill = make_skill("German")
    as_administrator.post("/rating-models", {"name": "Stars", "min": 1, "max": 5})
    classify(workstream, {"skills": [{"skill": "German", "rating": 9}]})

    shorter = as_administrator.patch(f"/rating-models/{skill.rating_model_id}", {"max": 8})
    other = as_administrator.patch(f"/skills/{skill.pk}", {"rating_model": "Stars"})
    longer = as_administrator.patch(f"/rating-models/{skill.rating_model_id}", {"max": 12})

    assert [each.status_code for each in (shorter, other, longer)] == [422, 422, 200]
    assert "A of Chat" in shorter.json()["detail"]
