"""Skills on the desk: searched from one letter, added with a rating, taken away."""

import re

import pytest
from django.urls import reverse

from agents.models import RatingModel, Skill
from tests.factories import make_item, make_skill
from tests.scenarios import in_conversation
from workstreams.models import ServiceConfiguration


@pytest.fixture
def item(workstream, agent, now):
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"agents_change_skills": True})
    return in_conversation(workstream, agent, now)


@pytest.fixture
def page(client, agent, item) -> str:
    client.force_login(agent.user)
    return reverse("agents:desk-skills", args=[item.pk])


@pytest.fixture
def levels(db) -> Skill:
    """A skill whose values have names."""
    scale = RatingModel.objects.create(
        name="Levels", minimum=1, maximum=3, value_names=["Basic", "Good", "Native"]
    )
    return Skill.objects.create(
        name="German", rating_model=scale, skill_type=make_skill("French").skill_type
    )


def test_one_letter_finds_skills_that_begin_with_it_first(client, page) -> None:
    for name in ("Carpentry", "Art", "Zebra"):
        make_skill(name)

    html = client.get(f"{page}?q=a").content.decode()

    assert "Least rating of Zebra" in html
    assert html.index("Least rating of Art") < html.index("Least rating of Carpentry")
    assert "Least rating of" not in client.get(page).content.decode()


def test_what_begins_with_the_text_is_found_however_many_have_it_inside(client, page) -> None:
    typed = make_skill("French")
    alike = {"skill_type": typed.skill_type, "rating_model": typed.rating_model}
    Skill.objects.bulk_create(Skill(name=f"A {each:03} french", **alike) for each in range(101))
    make_skill("french cooking")

    html = client.get(f"{page}?q=FREN").content.decode()

    found = re.findall("Least rating of ([^<]*[^<\\s])", html)
    assert found[:3] == ["French", "french cooking", "A 000 french"]
    assert len(found) == 10


def test_a_skill_is_added_and_removed_without_javascript(client, page, item) -> None:
    skill = make_skill("French")

    added = client.post(page, {"add": skill.pk, "rating": "4"})

    assert added.status_code == 303
    item.refresh_from_db()
    assert item.required_skills == [[skill.pk, 4]]
    assert "Remove" in client.get(page).content.decode()
    client.post(page, {"remove": skill.pk})
    item.refresh_from_db()
    assert item.required_skills == []


def test_the_dialog_stays_open_and_the_desk_hears_of_it(client, page, item, levels) -> None:
    sent = {"add": levels.pk, "rating": "2"}

    answer = client.post(page, sent, headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert html.strip().startswith("<div")
    assert 'id="dialog-content"' in html
    assert "2, Good" in html
    assert f"item-{item.pk}-changed" in answer["HX-Trigger"]


@pytest.mark.parametrize("rating", ["11", "0", "many"])
def test_a_rating_off_the_scale_is_said_beside_it(client, page, item, rating) -> None:
    skill = make_skill("French")

    answer = client.post(page, {"add": skill.pk, "rating": rating})

    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    item.refresh_from_db()
    assert item.required_skills == []


@pytest.mark.parametrize("pk", ["", "nobody", "999999", "9" * 50])
def test_a_skill_that_is_not_there_changes_nothing(client, page, item, pk) -> None:
    assert client.post(page, {"add": pk, "remove": pk}).status_code == 303
    item.refresh_from_db()
    assert item.required_skills == []


def test_there_is_no_way_while_the_switch_is_off(client, page, item) -> None:
    assert page in client.get(reverse("agents:desk-item", args=[item.pk])).content.decode()
    ServiceConfiguration.objects.update(agents_change_skills=False)

    assert page not in client.get(reverse("agents:desk-item", args=[item.pk])).content.decode()
    assert client.get(page).status_code == 403
    assert client.post(page, {"add": make_skill("French").pk}).status_code == 403
    item.refresh_from_db()
    assert item.required_skills == []


def test_others_do_not_change_it(client, page, item, second_agent) -> None:
    client.force_login(second_agent.user)

    assert client.get(page).status_code in (404, 409)
    assert client.post(page, {"add": make_skill("French").pk}).status_code in (404, 409)


def test_a_supervisor_changes_the_skills_of_work_that_waits(client, supervisor, workstream) -> None:
    item, skill = make_item(workstream), make_skill("French")
    address = reverse("agents:item-skills", args=[item.pk])
    client.force_login(supervisor)

    explained = client.get(f"/work-items/{item.pk}/").content.decode()
    added = client.post(address, {"add": skill.pk, "rating": "4"})
    page = client.get(address).content.decode()
    after = client.get(f"/work-items/{item.pk}/").content.decode()

    item.refresh_from_db()
    assert address in explained
    assert (added.status_code, added["Location"]) == (303, address)
    assert item.required_skills == [[skill.pk, 4]]
    assert f'href="/work-items/{item.pk}/"' in page
    assert "French (4 or better)" in after


def test_a_supervisor_needs_no_switch_and_over_is_over(client, supervisor, workstream, now) -> None:
    ServiceConfiguration.objects.update_or_create(pk=1, defaults={"agents_change_skills": False})
    item, skill = make_item(workstream), make_skill("French")
    address = reverse("agents:item-skills", args=[item.pk])
    client.force_login(supervisor)

    client.post(address, {"add": skill.pk, "rating": ""}, headers={"HX-Request": "true"})
    item.refresh_from_db()
    type(item).objects.filter(pk=item.pk).update(state="closed", closed_at=now)

    assert item.required_skills == [[skill.pk, None]]
    assert client.get(address).status_code == 409


def test_a_skill_that_was_deleted_is_shown_and_taken_off(client, supervisor, workstream) -> None:
    item, skill = make_item(workstream), make_skill("Klingon")
    type(item).objects.filter(pk=item.pk).update(required_skills=[[skill.pk, None]])
    skill.delete()
    address = reverse("agents:item-skills", args=[item.pk])
    client.force_login(supervisor)

    page = client.get(address).content.decode()
    taken = client.post(address, {"remove": "deleted"})

    item.refresh_from_db()
    assert "A skill that was deleted, so nobody has it" in page
    assert (taken.status_code, item.required_skills) == (303, [])
    assert "that was deleted" not in client.get(address).content.decode()
