"""Which template's rules an offer follows."""

import pytest

from routing.engine.configuration import compile_piece
from routing.engine.offer_rules import rules_of, scenario_of
from routing.terms import How
from tests.routing.engine.situations import a_configuration, a_workstream
from workstreams.terms import Scenario


@pytest.mark.parametrize(
    ("how", "is_known", "scenario"),
    [
        (How.PUSH, False, Scenario.INCOMING),
        (How.PUSH, True, Scenario.INCOMING_AUTHENTICATED),
        (How.AFFINITY, False, Scenario.INCOMING),
        (How.AFFINITY, True, Scenario.INCOMING_AUTHENTICATED),
        (How.PREFERRED, True, Scenario.INCOMING_AUTHENTICATED),
        (How.TRANSFER, False, Scenario.TRANSFER),
        (How.TRANSFER, True, Scenario.TRANSFER),
        (How.SUPERVISOR, False, Scenario.SUPERVISOR_ASSIGN),
        (How.SUPERVISOR, True, Scenario.SUPERVISOR_ASSIGN),
    ],
)
def test_how_an_offer_came_and_who_the_customer_is_choose_the_scenario(how, is_known, scenario):
    assert scenario_of(how, is_known_customer=is_known) is scenario


def test_each_scenario_has_the_rules_of_its_template():
    workstream = a_workstream(notification_template="Ask", transfer_template="Give")
    configuration = a_configuration(
        workstream, a_template(1, "Ask", seconds=30), a_template(2, "Give", auto_assign=True)
    )

    asked = rules_of(configuration, workstream, Scenario.INCOMING)
    given = rules_of(configuration, workstream, Scenario.TRANSFER)

    assert (asked.id, asked.seconds, asked.may_decline, asked.auto_assign) == (1, 30, True, False)
    assert (given.id, given.may_decline, given.auto_assign) == (2, False, True)


def test_a_scenario_without_a_template_is_like_incoming_work():
    workstream = a_workstream(notification_template="Ask")
    configuration = a_configuration(workstream, a_template(1, "Ask", seconds=30))

    assert rules_of(configuration, workstream, Scenario.SUPERVISOR_ASSIGN).seconds == 30


def test_a_version_from_before_templates_were_read_keeps_its_own_words():
    workstream = a_workstream(offer_seconds=45, agents_may_decline=False)

    rules = rules_of(a_configuration(workstream), workstream, Scenario.INCOMING)

    assert (rules.id, rules.seconds, rules.may_decline) == (None, 45, False)


def test_an_offer_lasts_two_minutes_where_nothing_says_so():
    workstream = a_workstream()

    assert rules_of(a_configuration(workstream), workstream, Scenario.INCOMING).seconds == 120


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        (Scenario.INCOMING, (False, True)),
        (Scenario.TRANSFER, (False, True)),
        (Scenario.SUPERVISOR_ASSIGN, (False, True)),
        (Scenario.CONSULT, (True, False)),
    ],
)
@pytest.mark.parametrize("templates", [{}, {"notification_template": "Ask"}])
def test_a_record_is_never_declined_and_the_agents_when_the_countdown_ends(
    scenario, expected, templates
):
    workstream = a_workstream(type="record", record_type="case", **templates)
    configuration = a_configuration(workstream, a_template(1, "Ask", seconds=30))

    rules = rules_of(configuration, workstream, scenario)

    assert (rules.may_decline, rules.auto_assign) == expected
    assert rules.auto_accept is False


def a_template(id, name, *, seconds=120, auto_assign=False):
    piece = {
        "name": name,
        "countdown_seconds": seconds,
        "agents_may_decline": not auto_assign,
        "auto_assign": auto_assign,
    }
    return compile_piece("notification_template", piece, id=id)
