"""The list of agents with its filters, and many of them changed at once."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agents.models import Agent, AgentSkill, Presence, RatingModel
from agents.terms import Role
from tests.factories import make_agent, make_attribute, make_profile, make_queue, make_skill

LIST = reverse("agents:agent-list")
CHANGE = reverse("agents:agents-change")


@pytest.fixture
def people(db):
    """Three agents who differ in everything."""
    sales, chats = make_queue("Sales"), make_profile("Chats")
    amira = make_agent("amira", skills={"French": 3}, queues=[sales], profiles=[chats])
    bruno = make_agent("bruno", presence="busy", role=Role.SUPERVISOR)
    chloe = make_agent("chloe")
    Agent.objects.filter(pk=chloe.pk).update(is_enabled=False)
    chloe.presence.delete()
    return {"amira": amira, "bruno": bruno, "chloe": chloe}


def names_in(html: str) -> set[str]:
    return {name for name in ("amira", "bruno", "chloe") if f">{name}<" in html}


FILTERS = [
    ("q=ami", {"amira"}),
    ("q=sales", {"amira"}),
    ("role=supervisor", {"bruno"}),
    ("enabled=no", {"chloe"}),
    ("enabled=yes&role=agent", {"amira"}),
    ("q=nobody", set()),
    ("skill=999999", {"amira", "bruno", "chloe"}),
    ("role=emperor&presence=x", {"amira", "bruno", "chloe"}),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS, ids=[row[0] for row in FILTERS])
def test_the_list_shows_whom_the_filters_leave(as_supervisor, people, query, expected) -> None:
    assert names_in(as_supervisor.get(f"{LIST}?{query}").content.decode()) == expected


def test_the_list_is_filtered_by_rows(as_supervisor, people) -> None:
    amira = people["amira"]
    of_amira = {
        "skill": amira.skills.get().skill_id,
        "queue": amira.queues.get().pk,
        "profile": amira.capacity_profiles.get().profile_id,
    }
    for name, pk in of_amira.items():
        html = as_supervisor.get(f"{LIST}?{name}={pk}").content.decode()
        assert names_in(html) == {"amira"}, name
    offline = Presence.objects.get(name="offline")
    html = as_supervisor.get(f"{LIST}?presence={offline.pk}").content.decode()
    assert names_in(html) == {"chloe"}


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_however_long(
    as_administrator, people, count, django_assert_max_num_queries
) -> None:
    for _ in range(count):
        make_agent(skills={"French": 1}, queues=[make_queue()], profiles=[make_profile()])

    with django_assert_max_num_queries(16):
        as_administrator.get(f"{LIST}?q=e")


def sent(ids, **fields):
    return {
        "agents": ",".join(map(str, ids)),
        "default_presence": "keep",
        "operating_hours": "keep",
        "step": "preview",
        **fields,
    }


def previewed(html: str) -> str:
    found = re.search(r'name="previewed"\s+value="([0-9a-f]+)"', html)
    assert found is not None
    return found[1]


def test_selected_agents_are_previewed_and_changed(as_administrator, people) -> None:
    french = make_skill("French")
    ids = [people["bruno"].pk, people["amira"].pk]
    form = as_administrator.get(f"{CHANGE}?agent={ids[0]}&agent={ids[1]}").content.decode()
    assert "Change 2 agents" in form
    fields = {"skills_verb": "add", "skills": french.pk, "rating": "7"}

    preview = as_administrator.post(CHANGE, sent(ids, **fields)).content.decode()

    assert "skill French (7)" in preview
    assert "skill French: 7 instead of 3" in preview
    assert people["amira"].skills.get().rating == 3
    apply = sent(ids, **fields, previewed=previewed(preview)) | {"step": "apply"}
    done = as_administrator.post(CHANGE, apply).content.decode()
    assert "2 agents" in done
    assert people["amira"].skills.get().rating == 7
    assert people["bruno"].skills.get().rating == 7


def test_an_attribute_is_previewed_and_changed_and_what_it_cannot_hold_is_said_beside_it(
    as_administrator, people
) -> None:
    level, other = make_attribute("Level", "number"), make_attribute("Joined", "date")
    ids = [people["bruno"].pk, people["amira"].pk]
    form = as_administrator.get(f"{CHANGE}?agent={ids[0]}").content.decode()
    assert f'data-shown-when="attribute={level.pk}"' in form
    fields = {"attribute": level.pk, f"attribute_{level.pk}": "3"}

    wrong = as_administrator.post(
        CHANGE, sent(ids, **{"attribute": other.pk, f"attribute_{other.pk}": "soon"})
    )
    preview = as_administrator.post(CHANGE, sent(ids, **fields)).content.decode()
    apply = sent(ids, **fields, previewed=previewed(preview)) | {"step": "apply"}
    done = as_administrator.post(CHANGE, apply).content.decode()
    gone = as_administrator.post(
        CHANGE, sent(ids, **(fields | {f"attribute_{level.pk}": ""}))
    ).content.decode()

    assert wrong.status_code == 422
    assert f'id="id_attribute_{other.pk}_error"' in wrong.content.decode()
    assert "Level: 3" in preview
    assert "2 agents" in done
    assert people["amira"].attributes.get().value == 3
    assert "no Level" in gone


def test_all_that_match_are_chosen(as_administrator, people) -> None:
    html = as_administrator.get(f"{CHANGE}?all=1&enabled=yes").content.decode()

    assert "Change 2 agents" in html
    ids = f"{people['amira'].pk},{people['bruno'].pk}"
    assert f'name="agents" value="{ids}"' in html


def test_what_was_changed_after_the_preview_is_previewed_again(as_administrator, people) -> None:
    busy, away = (Presence.objects.get(name=name).pk for name in ("busy", "away"))
    ids = [people["amira"].pk]
    preview = as_administrator.post(CHANGE, sent(ids, presence=busy)).content.decode()

    apply = sent(ids, presence=away, previewed=previewed(preview)) | {"step": "apply"}
    again = as_administrator.post(CHANGE, apply).content.decode()

    assert "nothing was applied" in again
    people["amira"].presence.refresh_from_db()
    assert people["amira"].presence.base == "available"


def test_what_is_refused_stands_in_the_row(as_administrator, people) -> None:
    french = make_skill("French")
    ids = [agent.pk for agent in people.values()]

    html = as_administrator.post(
        CHANGE, sent(ids, skills_verb="deactivate", skills=french.pk)
    ).content.decode()

    assert "skill French does not count for now" in html
    assert html.count("has no skill French") == 2
    assert "something cannot be done for 2" in " ".join(html.split())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Say what to change."),
        ({"skills_verb": "add", "rating": "3"}, "Choose at least one."),
        ({"skills_verb": "add", "skills": "french"}, "Name the rating."),
        ({"skills_verb": "add", "skills": "french", "rating": "11"}, "rated from 1 to 10"),
        ({"profiles_verb": "limit", "profiles": "chats"}, "Name the limit."),
        ({"queues_verb": "dissolve"}, "Select a valid choice"),
        ({"presence": "999999"}, "Select a valid choice"),
        ({"default_presence": "999999"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_on_the_form(as_administrator, people, fields, sentence) -> None:
    rows = {"french": make_skill("French").pk}
    rows["chats"] = people["amira"].capacity_profiles.get().profile_id
    given = {name: rows.get(value, value) for name, value in fields.items()}

    answer = as_administrator.post(CHANGE, sent([people["amira"].pk], **given))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?agent=x&agent=", "?all=1&q=nobody"])
def test_nobody_selected_leads_back_to_the_list(as_administrator, people, query) -> None:
    assert as_administrator.get(CHANGE + query).status_code == 303


@pytest.mark.parametrize("agents", ["", "x", ",,,", "9" * 100])
def test_strange_agents_are_nobody(as_administrator, people, agents) -> None:
    assert as_administrator.post(CHANGE, sent([]) | {"agents": agents}).status_code == 303


def test_supervisors_change_queues_capacity_and_presence(as_supervisor, people) -> None:
    amira, chats = people["amira"], people["amira"].capacity_profiles.get().profile
    form = {
        **sent([amira.pk]),
        "profiles_verb": "limit",
        "profiles": [chats.pk],
        "limit": "7",
        "default_presence": str(Presence.objects.get(name="away").pk),
    }
    del form["operating_hours"]

    page = as_supervisor.get(f"{CHANGE}?agent={amira.pk}").content.decode()
    assert "agent-selection" in as_supervisor.get(LIST).content.decode()
    assert "Only administrators change skills" in page
    assert 'name="skills_verb"' not in page
    preview = as_supervisor.post(CHANGE, form).content.decode()
    as_supervisor.post(CHANGE, form | {"step": "apply", "previewed": previewed(preview)})

    amira.refresh_from_db()
    assert amira.capacity_profiles.get().custom_limit == 7
    assert amira.default_presence == Presence.objects.get(name="away")


@pytest.mark.parametrize(
    "foreign", [{"skills_verb": "remove"}, {"operating_hours": "none"}, {"attribute": "1"}]
)
def test_supervisors_are_refused_what_they_send_by_hand(as_supervisor, people, foreign) -> None:
    sales = people["amira"].queues.get().pk
    fields = {"queues_verb": "leave", "queues": [sales], "step": "apply"}
    form = {"agents": str(people["amira"].pk), **fields, **foreign}

    response = as_supervisor.post(CHANGE, form)

    assert response.status_code == 422
    assert b"Only administrators change skills, attributes and operating hours" in response.content
    assert people["amira"].queues.count() == 1


def test_agents_change_nobody(client, people) -> None:
    client.force_login(people["amira"].user)

    assert client.get(f"{CHANGE}?all=1").status_code == 403
    assert client.post(CHANGE, sent([1])).status_code == 403


def test_several_changes_of_skills_are_made_at_once(as_administrator, people) -> None:
    amira, french = people["amira"], make_skill("Greek")
    has = amira.skills.get().skill
    fields = {
        "skills_verb": "add",
        "skills": [french.pk],
        "rating": 4,
        "skills_verb_2": "add",
        "skills_2": [make_skill("Irish").pk],
        "rating_2": 2,
        "skills_verb_3": "deactivate",
        "skills_3": [has.pk],
    }

    form = sent([amira.pk], **fields)
    page = as_administrator.post(CHANGE, form).content.decode()
    previewed = re.search(r'name="previewed"\s+value="(\w+)"', page)
    assert previewed, page
    as_administrator.post(CHANGE, form | {"step": "apply", "previewed": previewed[1]})

    rated = {row.skill.name: (row.rating, row.is_active) for row in amira.skills.all()}
    assert rated == {"Greek": (4, True), "Irish": (2, True), "French": (3, False)}


def test_a_skill_is_changed_once_in_a_run(as_administrator, people) -> None:
    amira = people["amira"]
    has = amira.skills.get().skill
    fields = {"skills_verb": "deactivate", "skills": [has.pk]}
    again = {"skills_verb_2": "remove", "skills_2": [has.pk]}

    answer = as_administrator.post(CHANGE, sent([amira.pk], **fields, **again))

    assert answer.status_code == 422
    assert "French stands above already" in answer.content.decode()


def test_no_scale_and_no_rating_is_below_one(people) -> None:
    row = people["amira"].skills.get()

    for change in (
        lambda: AgentSkill.objects.filter(pk=row.pk).update(rating=0),
        lambda: RatingModel.objects.update(minimum=0, value_names=[]),
    ):
        with pytest.raises(IntegrityError, match="from_one"), transaction.atomic():
            change()


@pytest.mark.parametrize("chosen", ["agent={}", "agent={}&all=1", ""])
def test_the_way_back_leads_to_the_agents_that_were_found(as_administrator, people, chosen):
    query = f"q=ami&role=agent&{chosen.format(people['amira'].pk)}"

    page = as_administrator.get(f"{CHANGE}?{query}", follow=True)

    back = f"{LIST}?q=ami&role=agent"
    shown = page.redirect_chain[0][0] if page.redirect_chain else page.context["list_url"]
    assert shown == back


@pytest.mark.parametrize("query", ["queue=999999", "role=emperor", f"q={'a' * 201}"])
def test_a_filter_that_is_gone_changes_nobody(as_supervisor, people, query) -> None:
    response = as_supervisor.get(f"{CHANGE}?all=1&{query}", follow=True)

    assert response.redirect_chain == [(LIST, 303)]
    assert "is not there any more" in response.content.decode()
