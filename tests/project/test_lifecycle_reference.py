"""States, auto-close, basic queues, transfer, consult and supervision (A 17, 18, 20, 21, and B 14
to 16), sentence by sentence, with the tests that bear their meaning."""

from typing import Final

import pytest

from tests.project.named_tests import missing

STATES: Final = "routing/stories/test_states.py"
ENDS: Final = "routing/actions/test_end_and_close.py"
IDLE: Final = "routing/sweeps/test_close_inactive.py"
PEOPLE: Final = "routing/actions/test_move_between_people.py"
CONSULTS: Final = "routing/actions/test_consults.py"
HELD: Final = "routing/actions/test_consults_capacity.py"
STAYS: Final = "routing/actions/test_stay_as_adviser.py"
REACH: Final = "routing/actions/test_reach.py"
LISTS: Final = "agents/desk/test_reach_pages.py"
SUPERVISORS: Final = "routing/actions/test_check_supervision.py"
VERBS: Final = "routing/views/test_work_item_verbs.py"
VISITS: Final = "workstreams/chat/test_visits.py"
WINDOWS: Final = "agents/actions/test_windows.py"
DESK: Final = "routing/queries/test_desk.py"
BASIC: Final = "routing/stories/test_basic_queue.py"

SENTENCES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "17 Every transition with its trigger, for each sort of work, and the reason it leaves.",
        (
            f"{STATES}::test_each_transition_has_its_trigger_and_reason",
            f"{STATES}::test_the_table_has_every_move_of_the_lifecycle",
        ),
    ),
    (
        "17 Closed is for good.",
        (
            f"{STATES}::test_what_is_closed_stays_closed",
            "routing/actions/test_reopen_item.py::test_what_has_ended_stays_ended",
        ),
    ),
    (
        "17 X without End: live work to somebody else, what may rest waits and frees its capacity.",
        (
            f"{ENDS}::test_closing_a_live_chat_without_ending_it_returns_it_to_the_queue",
            f"{ENDS}::test_an_asynchronous_conversation_waits_for_its_customer_and_comes_back"
            "_to_the_same_agent",
        ),
    ),
    (
        "17 Wrap-up keeps capacity as the workstream says.",
        (
            f"{ENDS}::test_wrap_up_keeps_the_capacity_until_the_item_is_closed",
            f"{ENDS}::test_wrap_up_that_does_not_block_gives_the_capacity_back_at_once",
            f"{ENDS}::test_timed_wrap_up_gives_the_capacity_back_by_its_own_timer",
        ),
    ),
    (
        "17 A customer who is gone for three minutes: open is closed, active goes to wrap-up.",
        (
            f"{VISITS}::test_after_three_minutes_the_conversation_goes_to_wrap_up",
            f"{VISITS}::test_who_leaves_the_queue_is_closed",
            f"{VISITS}::test_who_leaves_an_offer_is_closed_and_the_agent_is_free",
        ),
    ),
    (
        "17 Reconnect: capacity is held for the time limit, only while neither side ended.",
        (
            f"{VISITS}::test_who_comes_back_in_time_goes_on_with_the_same_agent",
            f"{VISITS}::test_a_chat_may_give_more_time",
            f"{VISITS}::test_a_chat_that_is_over_is_not_told_of",
            "races/test_visits.py::test_who_comes_back_is_either_there_or_was_given_up",
        ),
    ),
    (
        "17 An agent who drops and does not come back in time loses his live chats and calls.",
        (
            "routing/sweeps/test_return_dropped.py"
            "::test_a_call_goes_to_others_ninety_seconds_after_its_agent_was_heard_of",
            "routing/sweeps/test_return_dropped.py"
            "::test_what_nobody_holds_the_line_for_stays_with_its_agent",
            f"{WINDOWS}::test_a_live_chat_whose_agent_stays_away_goes_to_somebody_else",
            f"{WINDOWS}::test_a_live_chat_whose_agent_is_back_stays",
        ),
    ),
    (
        "17 Any to closed: force close, overflow, record deleted; never an empty queue (design 7).",
        (
            f"{ENDS}::test_a_supervisor_closes_any_unfinished_item",
            "routing/sweeps/test_overflow_waiting.py"
            "::test_a_conversation_that_waited_too_long_is_ended_and_the_customer_told",
            "routing/actions/test_end_of_records.py"
            "::test_deleting_it_closes_its_work_and_keeps_the_history",
            f"{PEOPLE}::test_a_queue_without_members_is_refused",
        ),
    ),
    (
        "18 The table of channels and states, each time to be changed, null is never.",
        (
            f"{IDLE}::test_each_time_of_the_table_is_kept",
            f"{IDLE}::test_each_time_can_be_changed_and_holds_for_work_that_is_there",
            f"{IDLE}::test_never_is_never",
            f"{IDLE}::test_a_call_goes_to_wrap_up_and_its_wrap_up_ends_by_itself",
        ),
    ),
    (
        "18 Whatever happens to it starts the clock anew: message, monitor, consult, transfer.",
        (
            f"{IDLE}::test_a_message_starts_the_time_anew",
            f"{IDLE}::test_watching_starts_the_time_anew",
            f"{IDLE}::test_a_transfer_starts_the_time_anew",
            f"{CONSULTS}::test_advice_starts_the_clock_of_auto_close_anew",
            "races/test_auto_close.py::test_a_message_in_time_keeps_a_conversation_open",
        ),
    ),
    (
        "18 A longer wrap-up of the workstream wins; records are closed by no time.",
        (
            f"{IDLE}::test_a_longer_wrap_up_time_of_a_workstream_wins_on_every_channel",
            f"{IDLE}::test_records_are_closed_by_no_time",
        ),
    ),
    (
        "20 Work of a basic queue is picked by its members, whatever their room.",
        (
            f"{BASIC}::test_the_router_offers_nothing_and_says_why",
            f"{BASIC}::test_a_member_picks_it_on_the_desk",
            f"{BASIC}::test_others_do_not_see_it_and_cannot_pick_it",
            "routing/actions/test_pick_item.py::test_going_over_the_limit_shows_as_an_override",
        ),
    ),
    (
        "20 Release frees the capacity; who works on a record can be said and taken back.",
        (
            f"{ENDS}::test_a_released_item_waits_again_with_its_age",
            "routing/actions/test_end_of_records.py"
            "::test_giving_it_to_another_agent_moves_the_capacity",
            "routing/actions/test_end_of_records.py::test_putting_it_back_frees_the_agent",
        ),
    ),
    (
        "20.1 My, open and closed work items, in the order chosen.",
        (
            f"{DESK}::test_my_items_are_active_then_wrap_up_then_waiting",
            f"{DESK}::test_open_items_are_those_of_all_my_queues_the_longest_waiting_first",
            f"{DESK}::test_closed_items_are_mine_and_of_today",
            "agents/desk/test_open_order.py::test_the_list_comes_in_the_order_asked_for",
        ),
    ),
    (
        "21 Transfer to agents by a setting; do not disturb, away and offline are hidden.",
        (
            f"{REACH}::test_a_switch_leaves_transfers_to_queues_only",
            f"{REACH}::test_agents_do_not_transfer_to_who_wants_no_disturbance",
            f"{LISTS}::test_agents_with_the_skills_come_first_and_who_is_not_there_is_hidden",
        ),
    ),
    (
        "21 The agent who had it leaves, and only he transfers and consults.",
        (
            f"{STAYS}::test_an_agent_who_transfers_takes_no_further_part",
            f"{PEOPLE}::test_nobody_transfers_somebody_elses_item",
            f"{CONSULTS}::test_who_has_the_work_alone_asks_and_while_it_runs",
        ),
    ),
    (
        "21 Five advise at most, without capacity unless a switch says so.",
        (
            f"{CONSULTS}::test_five_advise_at_most",
            f"{HELD}::test_advice_is_free_by_default",
            f"{HELD}::test_a_switch_lets_advice_hold_capacity_while_it_goes_on",
        ),
    ),
    (
        "21 Supervisors monitor, assign, transfer and force close, each behind a setting.",
        (
            f"{SUPERVISORS}::test_a_move_is_refused_while_its_switch_is_off",
            f"{SUPERVISORS}::test_buttons_go_with_the_switches",
            f"{SUPERVISORS}::test_joining_goes_with_watching",
        ),
    ),
    (
        "21 Assign: only open and unassigned; presence and capacity by override, with the excess.",
        (
            f"{PEOPLE}::test_an_item_that_somebody_has_is_not_assigned_again",
            f"{PEOPLE}::test_a_full_agent_is_assigned_more_only_by_a_named_override",
            f"{VERBS}::test_the_dialog_says_what_an_override_does_and_shows_the_excess",
        ),
    ),
    (
        "B 15.3 Never displayed: rerouted eight minutes after the time-out.",
        (
            "routing/sweeps/test_return_unseen.py"
            "::test_it_waits_again_eight_minutes_after_the_countdown",
        ),
    ),
    (
        "B 15.6 The consultant reads along and talks aside; the primary adds him and ends it.",
        (
            f"{CONSULTS}::test_an_adviser_reads_along_once_he_accepts",
            f"{CONSULTS}::test_the_adviser_writes_to_the_customer_once_he_is_added",
            f"{CONSULTS}::test_only_the_two_write_notes",
            f"{STAYS}::test_both_talk_aside_and_the_primary_ends_it",
        ),
    ),
    (
        "B 15.6 Who may be chosen, for each of the four lists, and refused however it is sent.",
        (
            f"{REACH}::test_agents_ask_only_whom_the_administrator_lets_them",
            f"{REACH}::test_agents_transfer_only_to_whom_the_administrator_lets_them",
            f"{REACH}::test_queues_are_reached_the_same_way",
            f"{LISTS}::test_only_those_within_reach_are_listed_and_taken",
            "api/test_reach.py::test_a_choice_that_is_hidden_is_refused",
        ),
    ),
    (
        "B 15.6 Consult to queue by a switch, with how long it is searched, voice and messaging.",
        (
            f"{REACH}::test_a_switch_leaves_queues_alone",
            f"{REACH}::test_a_queue_is_asked_for_as_long_as_the_service_says",
        ),
    ),
    (
        "B 15.6 Capacity of advice comes back when it ends, or the work does.",
        (
            f"{HELD}::test_it_comes_back_once_when_the_advice_ends",
            f"{HELD}::test_the_end_of_the_work_gives_it_back_too",
        ),
    ),
    (
        "B 15.7 Only queues inside their hours, and an empty one never (design 7.15).",
        (
            f"{REACH}::test_agents_transfer_to_open_queues_only",
            f"{LISTS}::test_queues_outside_their_hours_are_hidden",
            f"{VERBS}::test_queues_without_members_are_no_destination",
        ),
    ),
    (
        "B 16.2 Monitor what is accepted, not one's own; joining tells agent and customer.",
        (
            f"{CONSULTS}::test_a_supervisor_watches_and_joins_and_both_are_written_down",
            f"{CONSULTS}::test_the_customer_hears_of_who_joins_and_leaves_and_nothing_of_the"
            "_side_talk",
        ),
    ),
    (
        "B 16.2 After a supervisor's transfer the agent before advises, until it is not taken.",
        (
            f"{STAYS}::test_the_agent_advises_at_once_and_goes_on_when_the_other_accepts",
            f"{STAYS}::test_it_is_over_when_the_other_does_not_take_it",
            f"{STAYS}::test_it_holds_capacity_where_advice_does",
            "races/test_consults.py"
            "::test_two_supervisors_who_move_the_same_work_leave_one_adviser_at_most",
        ),
    ),
    (
        "B 16.2 Force close informs everybody.",
        (
            f"{VERBS}::test_closing_by_force_ends_the_item",
            "workstreams/actions/test_say_automatically.py"
            "::test_a_supervisor_who_closes_informs_the_customer",
        ),
    ),
)


@pytest.mark.parametrize(("sentence", "tests"), SENTENCES, ids=[each[:30] for each, _ in SENTENCES])
def test_every_sentence_has_its_tests(sentence: str, tests: tuple[str, ...]) -> None:
    assert missing(tests) == [], sentence
