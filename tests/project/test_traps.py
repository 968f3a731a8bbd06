"""Traps for a product of this sort, and what peers' users complain about; with the tests that bear
each lesson's meaning. The scenarios themselves are in ``test_pitfalls``."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings

from tests.project.named_tests import missing

ROOT: Final = Path(__file__).resolve().parents[2]
PRODUCT: Final = ("agents", "config", "routing", "workstreams")
# What Django answers without the lock that was asked for.
UNLOCKED: Final = frozenset({"aggregate", "count"})

LESSONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "Looking and then writing is decided again behind the lock.",
        (
            "races/test_two_agents.py::test_picks_at_the_limit_show_exactly_those_that_passed_it",
            "routing/dispatcher/test_commit.py::test_a_batch_never_passes_a_limit_that_shrank",
        ),
    ),
    (
        "A lock that ran out frees nobody else's: the lease has an epoch.",
        (
            "routing/dispatcher/test_lease.py"
            "::test_giving_up_late_takes_nothing_from_the_next_router",
            "promises/test_routers.py"
            "::test_a_router_that_slept_through_its_lease_writes_nothing_any_more",
        ),
    ),
    (
        "Nothing is counted once an agent and item.",
        (
            "routing/dispatcher/test_load.py"
            "::test_any_number_of_items_and_agents_costs_the_same_statements",
            "routing/engine/test_decide_looks.py"
            "::test_a_group_nobody_can_take_costs_one_look_however_long_it_is",
        ),
    ),
    (
        "What was true when the batch was read is looked at again as it is written.",
        (
            "races/test_router_and_people.py"
            "::test_who_leaves_the_queue_while_the_batch_waits_for_his_load_is_not_offered_work",
            "races/test_router_and_people.py"
            "::test_who_goes_offline_while_the_batch_waits_for_his_load_is_not_offered_work",
            "routing/dispatcher/test_commit.py::test_what_does_not_hold_any_more_is_dropped",
        ),
    ),
    (
        "Changes go out together over one stream, to those alone whom they concern.",
        (
            "config/live/test_hub.py::test_changes_of_several_polls_come_together",
            "config/live/test_hub.py::test_a_stream_hears_of_its_own_topics_only",
        ),
    ),
    (
        "A. Nobody loses an item to somebody who came later, nor does its history lose a step.",
        (
            "races/test_two_agents.py::test_one_of_two_who_pick_gets_the_item",
            "races/test_router_and_people.py::test_a_supervisor_and_the_router_give_an_item_once",
            "promises/test_history.py::test_events_alone_tell_the_present_state",
        ),
    ),
    (
        "B. Each waiting item can be matched or names what stands against it, and what nobody works"
        " on alarms.",
        (
            "routing/engine/test_decide_properties.py"
            "::test_every_item_is_assigned_once_or_has_a_named_blocker",
            "routing/sweeps/test_note_blockers.py"
            "::test_it_is_noted_once_with_one_event_and_goes_when_it_is_mended",
            "routing/views/test_alarms.py::test_the_floor_shows_what_failed_where_and_what_helps",
        ),
    ),
    (
        "B. An offer nobody answers goes on, whatever its agent does meanwhile.",
        (
            "routing/actions/test_offers.py::test_an_offer_that_ran_out_is_missed_once",
            "routing/sweeps/test_return_unseen.py"
            "::test_it_waits_again_eight_minutes_after_the_countdown",
        ),
    ),
    (
        "C. Who is silent or gone gets nothing, and what he had goes on; who is back soon is as he"
        " was.",
        (
            "agents/actions/test_windows.py"
            "::test_a_live_chat_whose_agent_stays_away_goes_to_somebody_else",
            "agents/actions/test_windows.py::test_who_is_back_soon_has_the_presence_from_before",
            "routing/actions/test_refused_offers.py"
            "::test_who_misses_an_offer_becomes_inactive_until_it_is_reset",
        ),
    ),
    (
        "D. One ledger, compared with what it counts.",
        (
            "routing/dispatcher/test_duties.py::test_there_is_no_drift_after_ordinary_work",
            "routing/dispatcher/test_duties.py"
            "::test_a_wrong_count_of_units_is_found_mended_and_reported",
        ),
    ),
    (
        "E. Turns are fair, and each decision says by what the first came before the next.",
        (
            "routing/engine/test_decide.py::test_round_robin_rotates_within_the_batch",
            "routing/dispatcher/test_decided_again.py"
            "::test_it_says_by_what_the_first_comes_before_the_next",
            "routing/queries/test_replay_of_many.py::test_each_of_a_batch_comes_out_the_same",
        ),
    ),
    (
        "E. The order across several queues is told and kept.",
        (
            "routing/engine/test_decide.py::test_a_smaller_queue_number_goes_first",
            "routing/engine/test_decide.py::test_queues_of_one_number_are_served_as_one_line",
        ),
    ),
    (
        "F. Two views of one fact agree: the counts of the floor are those of its lists.",
        ("routing/queries/test_floor.py::test_the_tiles_and_the_table_count_alike",),
    ),
    (
        "H. Configuration goes from one organisation to another whole, by names.",
        (
            "routing/configuration/test_people.py"
            "::test_export_import_export_is_the_same_byte_for_byte",
        ),
    ),
    (
        "H. A scale of ratings that is in use keeps what is rated on it.",
        (
            "agents/actions/test_save_definition.py"
            "::test_a_scale_keeps_room_for_the_ratings_agents_have",
        ),
    ),
    (
        "H. Hundreds of agents are changed at once, each with its result.",
        (
            "api/test_bulk_changes.py::test_five_hundred_agents_in_one_go",
            "config/test_audit.py::test_no_row_begins_a_subtransaction",
        ),
    ),
    (
        "I. A change acts on the next cycle, and an attribute that changed counts at once.",
        (
            "routing/dispatcher/test_touched.py::test_a_published_version_touches_every_queue",
            "routing/dispatcher/test_custom_methods.py"
            "::test_a_changed_attribute_counts_in_the_next_cycle",
        ),
    ),
    (
        "J. One presence on all devices, and no burst of offers for who is back.",
        (
            "agents/actions/test_set_presence.py::test_a_second_browser_keeps_the_chosen_presence",
            "routing/stories/test_pitfalls.py::test_an_agent_back_from_leave_gets_no_flood",
        ),
    ),
)


@pytest.mark.parametrize(("lesson", "tests"), LESSONS, ids=[each[:30] for each, _ in LESSONS])
def test_every_lesson_has_its_tests(lesson: str, tests: tuple[str, ...]) -> None:
    assert missing(tests) == [], lesson


def test_nothing_is_counted_under_a_lock_that_is_none() -> None:
    """Django takes the lock away from what it counts, so such a line would guard nothing."""
    assert list(_counted_under_a_lock()) == []


def test_jobs_are_stored_where_the_databases_errors_are_known() -> None:
    """The library raises errors of its own, by which a lost connection is told as our mistake."""
    calls = (
        f"{file.relative_to(ROOT)}"
        for app in PRODUCT
        for file in sorted((ROOT / app).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text()))
        if _is_call(node, {"defer"}) and not node.args  # type: ignore[attr-defined]
    )
    assert list(calls) == ["config/jobs.py"]


def test_routing_reads_the_one_database_there_is() -> None:
    """A replica that is behind would let agents have more than their limit."""
    assert list(settings.DATABASES) == ["default"]
    assert not settings.DATABASE_ROUTERS


def _counted_under_a_lock() -> Iterator[str]:
    for app in PRODUCT:
        for file in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                if _is_call(node, UNLOCKED) and any(
                    _is_call(inside, {"select_for_update"}) for inside in ast.walk(node)
                ):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}"  # type: ignore[attr-defined]


def _is_call(node: ast.AST, names: "frozenset[str] | set[str]") -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    )
