"""What is done to one rule of a list: moved, copied, deleted, put back."""

import re
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from agents.permissions import configurer_required
from config.clock import shown_now
from config.pages import client_event, go_to, page_or_fragment, wants_fragment
from config.request import AppRequest
from routing.check_rules import comparable_name
from routing.queries.deleted_rule import KEY, deleted_rule, list_key
from routing.queries.rule_lists import RuleList, rule_list
from routing.terms import LABELS
from routing.views.rule_pages import (
    find_rule,
    home_of,
    place_of,
    save_rules,
    shown_card,
    shown_revision,
    with_rules,
)

NAME_LENGTH: Final = 100
DROPPED: Final = re.compile(r"(before|after) (\d{1,4})", re.ASCII)
Moved = dict[str, Any]


@require_POST
@configurer_required
@with_rules
def rule_move(request: AppRequest, rules: RuleList, ruleset: int, number: int) -> HttpResponse:
    """``to`` is up, down, or before or after another rule; at an end of the list nothing moves."""
    rule = find_rule(rules, ruleset, number)
    ordered = rules.rulesets[ruleset - 1]["rules"]
    to = request.POST.get("to", "")
    place = _place(to, number, len(ordered))
    if place != number:
        ordered.insert(place - 1, ordered.pop(number - 1))
        save_rules(request, rules, shown_revision(request))
    said = f"{rule['name']} moved to {place} of {len(ordered)}"
    goes_up = place > 1 if to == "up" else place == len(ordered)
    moved = {"ruleset": ruleset, "number": place, "button": "up" if goes_up else "down"}
    return _answer(request, rules, said, moved)


@require_POST
@configurer_required
@with_rules
def rule_copy(request: AppRequest, rules: RuleList, ruleset: int, number: int) -> HttpResponse:
    """The same rule under another name, right after it."""
    rule = find_rule(rules, ruleset, number)
    ordered = rules.rulesets[ruleset - 1]["rules"]
    copy = {**rule, "name": _free_name(rule["name"], ordered)}
    ordered.insert(number, copy)
    save_rules(request, rules, shown_revision(request))
    moved = {"ruleset": ruleset, "number": number + 1, "button": "edit"}
    return _answer(request, rules, f"Rule “{copy['name']}” added", moved)


@require_POST
@configurer_required
@with_rules
def rule_delete(request: AppRequest, rules: RuleList, ruleset: int, number: int) -> HttpResponse:
    """At once; for ten minutes it can be put back."""
    rule = find_rule(rules, ruleset, number)
    del rules.rulesets[ruleset - 1]["rules"][number - 1]
    save_rules(request, rules, shown_revision(request))
    request.session[KEY] = {
        "list": list_key(rules),
        "at": shown_now().isoformat(),
        "ruleset": rules.rulesets[ruleset - 1]["name"],
        "ruleset_number": ruleset,
        # As this save left it; another one in between makes it higher.
        "revision": rules.revision + 1,
        "number": number,
        "rule": rule,
    }
    return _answer(request, rules, f"Rule “{rule['name']}” deleted", {"button": "undo"})


@require_POST
@configurer_required
@with_rules
def rule_restore(request: AppRequest, rules: RuleList) -> HttpResponse:
    """What was deleted last comes back into its ruleset, to where it stood or as near as the list
    still goes."""
    deleted = deleted_rule(request.session, rules, now=shown_now())
    if deleted is None:
        raise Http404
    ruleset = deleted.ruleset
    if ruleset > len(rules.rulesets):
        rules.rulesets.append({"name": LABELS[rules.kind], "rules": []})
    ordered = rules.rulesets[ruleset - 1]["rules"]
    number = min(deleted.number, len(ordered) + 1)
    ordered.insert(number - 1, deleted.rule)
    save_rules(request, rules, shown_revision(request), put_back=deleted.rule)
    del request.session[KEY]
    moved = {"ruleset": ruleset, "number": number, "button": "edit"}
    return _answer(request, rules, f"Rule “{deleted.rule['name']}” is back", moved)


def _answer(request: AppRequest, rules: RuleList, said: str, moved: Moved) -> HttpResponse:
    """The list anew, with the focus on what was moved; or its page."""
    if not wants_fragment(request):
        return go_to(request, home_of(rules), text=f"{said}.")
    context = {
        **place_of(rules),
        "card": shown_card(request, rule_list(rules.kind, rules.workstream, rules.record_type)),
        "can_write": True,
        "moved": moved,
    }
    response = page_or_fragment(
        request, "routing/rules/ruleset_edit.html", "routing/rules/_rules_card.html", context
    )
    return client_event(response, "announce", {"text": said})


def _place(to: str, number: int, last: int) -> int:
    """The number that it gets; what makes no sense leaves it where it is."""
    if to in ("up", "down"):
        return min(max(number + (1 if to == "down" else -1), 1), last)
    found = DROPPED.fullmatch(to)
    if found is None or not 1 <= int(found[2]) <= last:
        return number
    gap = int(found[2]) - (found[1] == "before")
    return gap if gap >= number else gap + 1


def _free_name(name: str, rules: list[dict[str, Any]]) -> str:
    """“Copy of”, with a number where that is taken, and short enough."""
    taken = {comparable_name(rule) for rule in rules}
    for number in range(1, len(rules) + 2):
        end = "" if number == 1 else f" ({number})"
        copy = f"Copy of {name}"[: NAME_LENGTH - len(end)] + end
        if copy.strip().casefold() not in taken:
            break
    return copy
