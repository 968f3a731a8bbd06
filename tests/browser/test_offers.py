"""An agent with several windows is offered work in each of them, and answers in one."""

from playwright.sync_api import expect

from tests.browser.moves import accept, choose_presence, offer_of, start_chat


def test_who_reads_the_inbox_is_offered_work_and_the_other_windows_follow(scene, customer):
    inbox = scene.window("alice", "/inbox/")
    profile, desk = inbox.context.new_page(), inbox.context.new_page()
    profile.goto("/desk/profile/")
    desk.goto("/desk/")
    start_chat(customer, "Carla", "Where is my parcel?")
    choose_presence(inbox, "Available")
    for page in (inbox, profile, desk):
        expect(offer_of(page, "Carla")).to_be_visible()

    accept(inbox, "Carla")

    for page in (profile, desk):
        expect(offer_of(page, "Carla")).to_have_count(0)
