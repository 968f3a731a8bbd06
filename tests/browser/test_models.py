"""A model learns from closed chats, and the next customer's chat gets the skill."""

from playwright.sync_api import Page, expect

from agents.models import Skill
from config.clock import database_now
from routing.actions.ask_for_records import run_loading
from routing.actions.train_model import run_training
from routing.models import LearnedModel
from tests.browser.stage import Scene
from tests.factories import make_item, make_skill
from tests.routing.learning.lessons import WORDS, lessons
from workstreams.actions.take_in import take_in
from workstreams.models import Message, WorkItem, Workstream
from workstreams.terms import Author, ItemState


def test_a_chat_gets_the_skill_that_a_model_learned(scene: Scene, administrator: Page) -> None:
    _close_chats(Workstream.objects.get(name="Shop chat"))
    page = administrator
    page.goto("/models/")
    page.get_by_role("link", name="New model").first.click()
    page.get_by_label("Name").fill("Topics")
    page.get_by_label("Required attributes").fill("title\nmessages")
    page.get_by_role("button", name="Create model").click()

    page.get_by_role("button", name="Load training data").click()
    expect(page.get_by_text("Waiting for a worker, 0 %")).to_be_visible()
    _worker_loads()
    expect(page.get_by_text("60 records.")).to_be_visible()
    page.locator("#model-detail").get_by_role("link", name="Records").click()
    page.get_by_role("radio", name="All 60 found").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("60 records approved.")).to_be_visible()

    page.get_by_label("Breadcrumb").get_by_role("link", name="Topics").click()
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("Version 1: waiting for a worker, 0 %")).to_be_visible()
    _worker_trains()
    expect(page.get_by_role("table", name="Quality by skill")).to_contain_text("Machines")
    page.get_by_label("What a customer might write").fill("My machine has a leak of water")
    page.get_by_role("button", name="Predict").click()
    expect(page.get_by_role("listitem").filter(has_text="Machines")).to_contain_text("%")
    page.get_by_role("button", name="Publish version 1").first.click()
    expect(page.get_by_text("Version 1 is in use.")).to_be_visible()

    _add_ruleset(page)
    item = _arrive("My grinder is broken and the pump leaks")
    page.goto(f"/work-items/{item.pk}/")
    expect(page.get_by_text("% Machines")).to_be_visible()
    assert item.required_skills == [[Skill.objects.get(name="Machines").pk, None]]


def _close_chats(workstream: Workstream) -> None:
    ids = {name: make_skill(name).pk for name in WORDS}
    now = database_now()
    for lesson in lessons(60):
        item = make_item(
            workstream,
            state=ItemState.CLOSED,
            closed_at=now,
            title="Chat",
            required_skills=[[ids[name], None] for name in lesson.skills],
        )
        Message.objects.create(item=item, author=Author.CUSTOMER, text=lesson.text, created_at=now)


def _worker_loads() -> None:
    """The stage has no worker; this does its job."""
    run_loading(load_id=LearnedModel.objects.get().loads.get().pk, clock=database_now)


def _worker_trains() -> None:
    run_training(version_id=LearnedModel.objects.get().versions.get().pk, clock=database_now)


def _add_ruleset(page: Page) -> None:
    workstream = Workstream.objects.get(name="Shop chat")
    page.goto(f"/rules/workstreams/{workstream.pk}/classification/")
    page.get_by_role("link", name="New ruleset").click()
    page.get_by_label("Name").fill("Topics of chats")
    page.get_by_label("Rule type").select_option("Machine learning: skill identification")
    page.get_by_label("Model", exact=True).first.select_option("Topics")
    page.get_by_role("button", name="Create ruleset").click()
    expect(page.get_by_text("Finds skills by the model Topics")).to_be_visible()


def _arrive(text: str) -> WorkItem:
    workstream = Workstream.objects.get(name="Shop chat")
    return take_in(workstream=workstream, title="Help", first_message=text, now=database_now())
