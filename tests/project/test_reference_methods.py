"""Assignment methods (A 10) and custom ones (A 10.1), sentence by sentence, with the tests that
bear their meaning."""

from typing import Final

import pytest

from tests.project.named_tests import missing

RANK: Final = "routing/engine/test_rank.py"
RULES: Final = "routing/engine/test_rules_about_agents.py"
CUSTOM: Final = "routing/engine/test_custom_methods.py"
SAID: Final = "routing/engine/test_methods_as_described.py"
ORDER: Final = "routing/engine/test_orders_as_described.py"
OWN: Final = "routing/engine/test_agent_attributes.py"
PAGE: Final = "routing/views/test_assignment_methods.py"
ACTIVE: Final = "routing/actions/test_least_active.py"
TURNS: Final = "routing/dispatcher/test_turns.py"

SENTENCES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "10 The built-in methods take members of allowed presence with room, and by exact match"
        " with the skills.",
        (
            "routing/engine/test_eligible.py::test_the_first_failed_test_is_named_with_its_numbers",
            "routing/engine/test_built_in_as_custom.py"
            "::test_a_built_in_method_and_its_custom_form_decide_alike",
        ),
    ),
    (
        "10 Highest capacity: most room first, equals by turn, by closeness where skills are.",
        (
            f"{RANK}::test_a_method_orders_the_agents",
            f"{RANK}::test_closest_matching_orders_by_skills_before_the_method",
            "routing/engine/test_decide.py"
            "::test_highest_capacity_fills_the_roomiest_and_then_levels",
        ),
    ),
    (
        "10 Advanced round robin: by membership at first, then by turn; each queue has its own.",
        (
            f"{RANK}::test_a_method_orders_the_agents",
            "routing/engine/test_decide.py::test_round_robin_rotates_within_the_batch",
            f"{ORDER}::test_round_robin_is_a_queues_own_so_that_work_may_come_back_to_back",
            f"{TURNS}::test_round_robin_goes_on_where_the_last_batch_ended",
        ),
    ),
    (
        "10 Least active: longest since the last release, wrap-up included, in whatever queue; who"
        " had none is first.",
        (
            f"{ACTIVE}::test_the_end_of_a_blocking_wrap_up_is_the_release",
            f"{ACTIVE}::test_an_offer_that_was_never_taken_is_no_release",
            f"{ACTIVE}::test_a_release_in_another_queue_counts_as_in_the_example",
            f"{ORDER}::test_least_active_goes_by_the_last_release_in_any_queue_and_who_never_had"
            "_work_is_first",
        ),
    ),
    (
        "10 A conversation that moves to waiting counts as a release.",
        (f"{ACTIVE}::test_a_conversation_that_waits_for_its_customer_is_a_release",),
    ),
    (
        "10 Ties go by the earliest last assignment, as in the example of 10:30, 10:35, 10:37.",
        (
            f"{CUSTOM}::test_ties_go_to_whoever_was_assigned_longest_ago",
            f"{OWN}::test_equal_values_go_to_who_was_assigned_longest_ago",
        ),
    ),
    (
        "10 Closest and equally close: ties are broken (design 7.3).",
        (f"{RANK}::test_closest_matching_orders_by_skills_before_the_method",),
    ),
    (
        "10.1 A method is created by name and description, then edited.",
        (
            f"{PAGE}::test_a_new_method_begins_with_a_built_in_one_and_a_queue_can_use_it",
            f"{PAGE}::test_a_prioritisation_rule_is_added_at_the_end",
            f"{PAGE}::test_a_new_rule_about_agents_begins_with_what_built_in_methods_ask",
            f"{PAGE}::test_a_criterion_chooses_among_the_rulesets_and_follows_a_new_name",
        ),
    ),
    (
        "10.1 Presences and skills of the workstream are not applied; profiles always are. Units"
        " are too, for no method passes a limit (I3).",
        (
            f"{SAID}::test_presences_and_skills_of_the_workstream_are_asked_only_by_rules",
            f"{SAID}::test_room_in_capacity_profiles_is_asked_whatever_the_rules_say",
            f"{CUSTOM}::test_no_method_passes_an_agents_limit",
            "routing/dispatcher/test_custom_methods.py"
            "::test_rules_may_want_presences_that_no_workstream_allows",
        ),
    ),
    (
        "10.1 The first rule that anybody meets gives its top one; else the next; else it waits.",
        (
            f"{CUSTOM}::test_the_first_rule_that_anybody_meets_decides",
            f"{CUSTOM}::test_a_general_rule_serves_once_nobody_meets_the_strict_one",
            f"{CUSTOM}::test_an_item_nobody_may_take_waits_and_names_what_is_missing",
        ),
    ),
    (
        "10.1 A rule has a name of its own and a place.",
        (
            f"{PAGE}::test_a_name_that_another_rule_has_is_refused_at_the_name",
            f"{PAGE}::test_a_rule_moves",
        ),
    ),
    (
        "10.1 Criteria choose the ruleset; without one that matches it is the default, the first;"
        " several without criteria are warned of.",
        (
            f"{CUSTOM}::test_a_criterion_chooses_the_ruleset_and_the_first_one_is_the_default",
            f"{SAID}::test_several_rulesets_without_criteria_are_doubtful_and_the_first_is_used",
            f"{PAGE}::test_several_rulesets_without_criteria_are_warned_of",
        ),
    ),
    (
        "10.1 Presence equals, does not equal, contains data or does not.",
        (f"{SAID}::test_presence_equals_does_not_equal_contains_data_or_does_not",),
    ),
    (
        "10.1 Capacity has the same, and is compared by size.",
        (f"{SAID}::test_capacity_is_compared_as_numbers_are",),
    ),
    (
        "10.1 Skills: exact match of all or of one type; custom match by a lookup of the item.",
        (
            f"{RULES}::test_exact_match_of_one_type_asks_for_skills_of_that_type_only",
            f"{RULES}::test_exact_match_asks_for_the_rating_too",
            f"{SAID}::test_custom_match_finds_the_skill_that_a_linked_record_names_without"
            "_classification",
        ),
    ),
    (
        "10.1 The calendar is the agent's own, never the queue's hours.",
        (
            f"{RULES}::test_is_working_asks_the_agents_own_calendar",
            f"{SAID}::test_the_calendar_is_the_agents_and_not_the_queues",
        ),
    ),
    (
        "10.1 User columns and other attributes have the operators of their type.",
        (
            f"{RULES}::test_a_static_match_compares_the_agent_with_a_constant",
            f"{OWN}::test_a_static_match_compares_an_attribute_with_a_constant",
            f"{OWN}::test_what_is_asked_of_attributes_in_vain_is_a_fault",
            "routing/dispatcher/test_agent_attributes.py"
            "::test_work_goes_to_whose_attribute_fits_the_item_in_the_order_of_another",
        ),
    ),
    (
        "10.1 Dynamic match: the workstream's presences, the capacity needed, the contact.",
        (
            f"{RULES}::test_the_workstreams_presences_and_need_may_stand_on_the_items_side",
            f"{RULES}::test_a_dynamic_match_compares_the_agent_with_the_item",
            f"{SAID}::test_presence_is_compared_with_what_the_conversation_leads_to",
            f"{OWN}::test_a_dynamic_match_compares_an_attribute_with_the_item",
        ),
    ),
    (
        "10.1 Unary operators take no value.",
        (f"{SAID}::test_a_unary_operator_takes_no_value",),
    ),
    (
        "10.1 Order by: least active, round robin, units, profiles, attributes.",
        (
            f"{CUSTOM}::test_agents_who_meet_a_rule_are_taken_in_its_order",
            f"{ORDER}::test_agents_are_ordered_by_room_in_the_items_profiles",
            f"{OWN}::test_agents_are_ordered_by_an_attribute_and_who_has_none_comes_last",
        ),
    ),
    (
        "10.1 Order by proficiency, nearest or most, and skill count, of all skills or one type.",
        (
            f"{ORDER}::test_proficiency_orders_as_in_the_examples",
            f"{ORDER}::test_skills_of_one_type_may_count_alone",
            f"{ORDER}::test_what_somebody_knows_of_other_types_counts_neither_for_nor_against_him",
            f"{ORDER}::test_skill_count_goes_by_how_many_of_the_required_skills_somebody_has",
        ),
    ),
    (
        "10.1 The sample rule is equivalent to the built-in filter.",
        (
            f"{SAID}::test_the_sample_rule_asks_for_skills_presence_and_more_room_than_is_needed",
            "routing/engine/test_built_in_as_custom.py"
            "::test_a_built_in_method_and_its_custom_form_decide_alike",
        ),
    ),
)


@pytest.mark.parametrize(("sentence", "tests"), SENTENCES, ids=[each[:40] for each, _ in SENTENCES])
def test_every_sentence_has_its_tests(sentence: str, tests: tuple[str, ...]) -> None:
    assert missing(tests) == [], sentence
