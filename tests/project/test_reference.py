"""Overflow in time (A 8.4) and diagnostics (A 23), sentence by sentence, with the tests that bear
their meaning; and the events that tell what the original's telemetry tells."""

from functools import cache
from pathlib import Path
from typing import Final

import pytest

from routing.terms import DecisionStage
from tests.project.named_tests import missing

ROOT: Final = Path(__file__).resolve().parents[2]
FELL_BACK: Final = "routing/sweeps/test_overflow_of_what_fell_back.py"
WAITING: Final = "routing/sweeps/test_overflow_waiting.py"
PAGE: Final = "routing/views/test_explanation.py"
TIMES: Final = "routing/queries/test_stage_times.py"

SENTENCES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "8.4 The only condition is the time in the queue: voice 1 to 60 min, messaging 1 min to 2"
        " days, records 3 min to 2 days.",
        (
            "workstreams/actions/test_queue_overflow.py"
            "::test_each_type_has_its_own_range_of_waiting",
            "routing/views/test_rule_overflow.py"
            "::test_waiting_time_and_what_other_types_have_are_not_offered",
        ),
    ),
    (
        "8.4 Records and calls go to another queue, conversations there or to their end.",
        (
            "routing/engine/test_overflow.py"
            "::test_what_each_channel_offers_of_what_the_reference_lists",
            f"{WAITING}::test_a_conversation_that_waited_too_long_is_ended_and_the_customer_told",
            f"{WAITING}::test_records_and_calls_overflow_too",
        ),
    ),
    (
        "8.4 It holds for what came by a rule, by people or by overflow, and again in the next;"
        " each counts. 7 Not for what fell back.",
        (
            f"{FELL_BACK}::test_what_a_rule_sent_to_the_same_queue_goes",
            f"{FELL_BACK}::test_what_people_transferred_in_goes",
            f"{FELL_BACK}::test_what_overflowed_to_a_queue_overflows_there_again",
            f"{FELL_BACK}::test_what_fell_back_stays_however_long_it_waits",
            f"{WAITING}::test_work_that_has_waited_too_long_goes_to_the_other_queue_with_its_age",
            f"{WAITING}::test_one_queue_may_follow_another_each_after_its_own_time",
            f"{WAITING}::test_what_was_transferred_in_waits_anew",
            f"{WAITING}::test_what_an_agent_had_and_released_waits_anew",
        ),
    ),
    (
        "8.4 More than 20 go in batches: lower waits first, equal queues in turn.",
        (f"{WAITING}::test_more_than_twenty_go_in_batches_lower_waits_first_and_queues_in_turn",),
    ),
    (
        "8.4 The actual wait counts, and whoever took the item keeps it.",
        (
            f"{WAITING}::test_a_second_before_it_stays",
            f"{WAITING}::test_an_offer_that_was_missed_does_not_begin_the_wait_anew",
            f"{WAITING}::test_offered_and_accepted_work_stays",
            "races/test_overflow.py::test_a_pick_and_the_sweep_at_once_leave_one_of_the_two",
            "races/test_overflow.py::test_two_sweeps_at_once_move_an_item_once",
        ),
    ),
    (
        "23 A list with item, stage, since when, workstream, queue and agent.",
        ("routing/views/test_work_items.py::test_the_list_shows_finished_and_unfinished_items",),
    ),
    (
        "23 A page of the item: created, stage, how long in each, the record, the error.",
        (
            f"{PAGE}::test_the_page_says_what_the_item_is",
            f"{TIMES}::test_stages_that_come_again_are_counted_together",
            f"{TIMES}::test_the_page_of_a_records_item_leads_to_the_record",
            "routing/actions/test_alarms.py"
            "::test_an_error_sends_the_item_to_the_fallback_queue_with_its_reason",
        ),
    ),
    (
        "23 Each rule is processed, matched, applied or not processed, and the hit policy is told.",
        (
            f"{PAGE}::test_rules_are_shown_with_their_results",
            f"{PAGE}::test_each_stage_says_which_of_its_rules_act",
            "routing/engine/test_classify.py"
            "::test_the_first_matching_rule_acts_and_the_rest_is_not_processed",
            "routing/engine/test_choose_queue.py"
            "::test_all_rules_are_evaluated_and_the_first_match_is_applied",
        ),
    ),
    (
        "23 Route to queue: the queue, what made it overflow and what was done.",
        (
            "routing/engine/test_overflow.py"
            "::test_the_decision_says_which_condition_fired_and_what_was_done",
            f"{WAITING}::test_the_explanation_shows_what_fired_and_what_was_done",
            "routing/queries/test_replay_overflow.py"
            "::test_on_the_page_it_says_what_todays_rules_would_do",
        ),
    ),
    (
        "23 Assignment: prioritisation rule, criterion, ruleset; preferred agent, method, capacity,"
        " presence, skills of everybody.",
        (
            "routing/dispatcher/test_custom_methods.py"
            "::test_the_explanation_names_criterion_ruleset_rule_and_what_others_failed",
            "routing/engine/test_preferred.py"
            "::test_the_decision_says_who_was_preferred_and_why_not",
            "routing/engine/test_eligible.py::test_the_first_failed_test_is_named_with_its_numbers",
            f"{PAGE}::test_agents_are_shown_with_the_test_they_failed",
        ),
    ),
    (
        "23 Total attempts, and the last.",
        (f"{TIMES}::test_attempts_are_counted",),
    ),
    (
        "23 Why it waits, at once instead of hourly.",
        (
            f"{PAGE}::test_an_open_item_says_what_it_waits_for",
            "routing/engine/test_explain.py::test_a_cycle_and_the_live_page_name_the_same_blockers",
        ),
    ),
    (
        "23 Diagnostics take little room, and what is old goes.",
        (
            "routing/engine/test_explain.py::test_any_document_fits",
            "routing/dispatcher/test_duties.py::test_old_events_and_decisions_go_and_others_stay",
        ),
    ),
)
# The sub-scenarios of the telemetry, with the event or the stage of a decision that tells of each.
TOLD_BY: Final[dict[str, str]] = {
    "AgentAccept": "offer-accepted",
    "AgentAssignment": "offer-made",
    "AgentAvailabilityTrigger": "presence-changed",
    "AgentCloseSession": "work-item-closed",
    "AgentEndConversation": "work-item-ended",
    "AgentPickAssignment": "work-item-picked",
    "AgentReject": "offer-declined",
    "AgentRejoined": "agent-returned",
    "AgentTimeout": "offer-missed",
    "AgentTransfer": "work-item-transferred",
    "BotEscalationToHuman": "bot-escalated",
    "Classification": DecisionStage.ROUTING,
    "CloseAgentConsult": "consult-ended",
    "ConversationClose": "work-item-closed",
    "CustomerDisconnect": "customer-left",
    "CustomerEndConversation": "work-item-ended",
    "InitiateAgentConsult": "consult-asked",
    "LeavePublicAgentConsult": "consult-ended",
    "ManualAssignment": "work-item-assigned",
    "NewWorkItemTrigger": "work-item-arrived",
    "QueueTransfer": "work-item-transferred",
    "RTQ": DecisionStage.ROUTING,
    "SupervisorForceCloseConversation": "work-item-closed",
    "SupervisorTransferToAgent": "work-item-transferred",
    "TransferAssignment": DecisionStage.ASSIGNMENT,
}


@pytest.mark.parametrize(("sentence", "tests"), SENTENCES, ids=[each[:30] for each, _ in SENTENCES])
def test_every_sentence_has_its_tests(sentence: str, tests: tuple[str, ...]) -> None:
    assert missing(tests) == [], sentence


@pytest.mark.parametrize("scenario", TOLD_BY)
def test_every_scenario_of_the_telemetry_is_told_by_the_product(scenario: str) -> None:
    kind = TOLD_BY[scenario]

    assert kind in list(DecisionStage) or f'"{kind}"' in _product()


@cache
def _product() -> str:
    """The source of all actions, which write the events."""
    return "".join(
        file.read_text()
        for app in ("agents", "routing", "workstreams")
        for file in sorted((ROOT / app / "actions").rglob("*.py"))
    )
