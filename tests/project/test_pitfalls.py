"""Scenarios taken from real defects of peers, and the tests that bear their meaning."""

from typing import Final

import pytest

from tests.project.named_tests import missing

SCENARIOS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "1. Several servers, agent limit k, k+1 arrivals at once: exactly k given.",
        (
            "races/test_router_and_people.py::test_two_routers_at_once_give_every_item_once",
            "races/test_router_and_people.py"
            "::test_routers_that_give_different_work_give_no_more_than_there_is_room_for",
        ),
    ),
    (
        "2. An automatic rule, an assignment, a click and a reopening at the same time are"
        " serial, and writes that change nothing tell of nothing.",
        (
            "races/test_pitfalls.py"
            "::test_a_rule_an_assignment_a_click_and_a_reopening_at_once_are_one_story",
            "races/test_pitfalls.py"
            "::test_of_the_router_a_supervisor_and_two_clicks_at_once_one_gives_it",
            "races/test_pitfalls.py::test_what_changes_nothing_tells_of_nothing",
        ),
    ),
    (
        "3. Two changes in one transaction: both events.",
        ("routing/stories/test_pitfalls.py::test_two_changes_in_one_transaction_are_two_events",),
    ),
    (
        "4. Capacity freed: the oldest waiting item first.",
        (
            "routing/dispatcher/test_order.py::test_capacity_that_comes_back_goes_to_the_oldest_item",
        ),
    ),
    (
        "5. An agent back from leave: bounded catch-up.",
        (
            "routing/stories/test_pitfalls.py::test_an_agent_back_from_leave_gets_no_flood",
            "routing/stories/test_pitfalls.py"
            "::test_in_turns_a_returned_agent_gets_what_the_others_get",
        ),
    ),
    (
        "6. An unknown presence: not offered.",
        (
            "routing/dispatcher/test_load.py::test_an_agent_without_a_presence_has_none",
            "routing/engine/test_eligible.py::test_the_first_failed_test_is_named_with_its_numbers",
            "routing/engine/test_custom_methods.py"
            "::test_an_agent_of_unknown_presence_gets_nothing_whatever_the_rules_say",
        ),
    ),
    (
        "7. A scope or filter holds for every group.",
        (
            "routing/engine/test_decide_properties.py"
            "::test_a_batch_decides_what_deciding_item_by_item_would",
            "promises/test_engine.py::test_the_engine_keeps_the_promises_of_the_model",
        ),
    ),
    (
        "8. The last candidate unavailable: the queue goes on.",
        (
            "routing/stories/test_pitfalls.py"
            "::test_a_queue_whose_last_agent_left_goes_on_when_somebody_comes",
            "routing/dispatcher/test_order.py::test_items_nobody_can_take_hold_up_nobody",
            "routing/dispatcher/test_router.py"
            "::test_a_queue_whose_cycle_fails_does_not_hold_up_the_others",
        ),
    ),
    (
        "9. Dead sessions are reconciled.",
        (
            "agents/actions/test_windows.py"
            "::test_who_loses_the_net_is_offline_once_his_window_is_silent",
            "agents/actions/test_windows.py"
            "::test_a_live_chat_whose_agent_stays_away_goes_to_somebody_else",
            "promises/test_routers.py::test_assignments_go_on_after_the_death_of_the_active_router",
            "promises/test_busy_floor.py"
            "::test_no_promise_is_broken_while_people_move_and_machines_fail",
        ),
    ),
    (
        "10. Completion counted once under load.",
        ("races/test_pitfalls.py::test_a_work_item_is_completed_once_however_many_complete_it",),
    ),
    (
        "11. Two accepts: one wins, the other is told.",
        ("races/test_pitfalls.py::test_of_two_who_accept_one_has_it_and_the_other_is_told",),
    ),
    (
        "12. Order by wait, not by who asks first.",
        (
            "routing/engine/test_decide.py::test_the_oldest_item_goes_first",
            "routing/dispatcher/test_order.py"
            "::test_within_a_queue_who_waits_longest_goes_first_whatever_he_needs",
        ),
    ),
    (
        "13. A pick beyond capacity only of work that people may pick themselves, and it shows.",
        (
            "routing/actions/test_pick_item.py::test_pushed_items_cannot_be_picked",
            "routing/actions/test_pick_item.py"
            "::test_a_workstream_may_let_its_pushed_items_be_picked",
            "routing/actions/test_pick_item.py::test_going_over_the_limit_shows_as_an_override",
            "agents/desk/test_desk_verbs.py::test_a_pick_beyond_the_limit_warns_by_how_much",
            "races/test_two_agents.py::test_picks_at_the_limit_show_exactly_those_that_passed_it",
            "races/test_two_agents.py"
            "::test_a_pick_is_measured_by_the_limit_that_stands_when_it_gets_the_load",
        ),
    ),
    (
        "14. The only agent declined: offered again after a cool-down.",
        (
            "routing/stories/test_push.py"
            "::test_an_agent_who_declined_is_offered_the_item_again_after_the_cool_down",
        ),
    ),
    (
        "15. A hundred unmatched items at the head do not hold item 101.",
        (
            "routing/engine/test_decide_properties.py"
            "::test_items_nobody_can_take_change_nothing_for_the_others",
            "routing/dispatcher/test_order.py::test_items_nobody_can_take_hold_up_nobody",
        ),
    ),
    (
        "16. A second device keeps the chosen presence.",
        ("agents/actions/test_set_presence.py::test_a_second_browser_keeps_the_chosen_presence",),
    ),
    (
        "17. The same visitor twice at once: one item.",
        (
            "races/test_twice_at_once.py::test_a_conversation_with_the_same_key_begins_once",
            "races/test_twice_at_once.py::test_two_first_messages_of_a_conversation_are_both_kept",
        ),
    ),
    (
        "18. No capacity policy is not unlimited.",
        (
            "routing/engine/test_eligible.py"
            "::test_a_workstream_without_capacity_lets_nobody_through",
            "routing/engine/test_eligible.py::test_the_first_failed_test_is_named_with_its_numbers",
        ),
    ),
    (
        "19. Wrap-up ends by its own timer.",
        (
            "routing/stories/test_pitfalls.py::test_each_wrap_up_ends_by_its_own_timer",
            "routing/actions/test_end_and_close.py"
            "::test_timed_wrap_up_gives_the_capacity_back_by_its_own_timer",
        ),
    ),
    (
        "20. The first response, like all that follow, is shown as that of who gave it.",
        ("routing/stories/test_pitfalls.py::test_words_stay_those_of_the_agent_who_said_them",),
    ),
    (
        "21. A zero-weight e-mail leaves voice open.",
        (
            "routing/stories/test_pitfalls.py"
            "::test_an_email_that_weighs_nothing_leaves_room_for_a_call",
        ),
    ),
    (
        "22. A new item appears on every eligible screen without reload.",
        (
            "browser/test_pick.py::test_what_one_agent_picks_goes_from_the_other_desk",
            "config/live/test_ticket_view.py::test_an_agent_hears_of_himself_and_his_queues",
        ),
    ),
    (
        "23. An empty queue never closes a conversation.",
        (
            "routing/stories/test_pitfalls.py"
            "::test_an_empty_queue_closes_nothing_and_says_that_nobody_serves_it",
            "routing/actions/test_move_between_people.py::test_a_queue_without_members_is_refused",
        ),
    ),
    (
        "24. 160 pickers on one queue: no silent take-over.",
        (
            "races/test_pitfalls.py"
            "::test_160_who_pick_from_one_queue_take_nothing_over_from_each_other",
            "promises/test_busy_floor.py"
            "::test_one_of_thirty_agents_gets_the_item_and_the_others_are_told",
        ),
    ),
)


@pytest.mark.parametrize(("scenario", "tests"), SCENARIOS, ids=[each[:3] for each, _ in SCENARIOS])
def test_every_scenario_has_its_tests(scenario: str, tests: tuple[str, ...]) -> None:
    assert missing(tests) == [], scenario
