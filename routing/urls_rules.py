"""The addresses of rules; `routing.urls` takes them in."""

from django.urls import path

from routing.views import condition_names, rule_commands, rule_form, rules, rulesets

# The rules of a workstream: classification or route-to-queue.
WORKSTREAM = "rules/workstreams/<int:workstream_id>/<slug:kind>/"
# One rule: its ruleset, and its number in there.
RULE = "<int:ruleset>/<int:number>/"
# One ruleset of a workstream's classification.
RULESET = f"{WORKSTREAM}rulesets/<int:ruleset>/"
# The intake rules of a record type.
INTAKE = "rules/intake/<slug:record_type>/"

# rules/
rule_urls = [
    path("rules/names/<slug:lookup>/<slug:row>/", condition_names.rule_names, name="rule-names"),
    path("rules/intake/", rules.ruleset_edit, name="intake"),
    path(INTAKE, rules.ruleset_edit, name="intake-list"),
    path(f"{INTAKE}new/", rule_form.rule_create, name="intake-rule-create"),
    path(f"{INTAKE}{RULE}edit/", rule_form.rule_edit, name="intake-rule-edit"),
    path(f"{INTAKE}restore/", rule_commands.rule_restore, name="intake-rule-restore"),
    path(f"{INTAKE}{RULE}copy/", rule_commands.rule_copy, name="intake-rule-copy"),
    path(f"{INTAKE}{RULE}delete/", rule_commands.rule_delete, name="intake-rule-delete"),
    path(f"{INTAKE}{RULE}move/", rule_commands.rule_move, name="intake-rule-move"),
    path(f"{WORKSTREAM}rulesets/new/", rulesets.ruleset_create, name="ruleset-create"),
    path(f"{RULESET}edit/", rulesets.ruleset_settings, name="ruleset-settings"),
    path(f"{RULESET}delete/", rulesets.ruleset_delete, name="ruleset-delete"),
    path(f"{RULESET}move/", rulesets.ruleset_move, name="ruleset-move"),
    path(WORKSTREAM, rules.ruleset_edit, name="ruleset-edit"),
    path(f"{WORKSTREAM}new/", rule_form.rule_create, name="rule-create"),
    path(f"{WORKSTREAM}{RULE}edit/", rule_form.rule_edit, name="rule-edit"),
    path(f"{WORKSTREAM}restore/", rule_commands.rule_restore, name="rule-restore"),
    path(f"{WORKSTREAM}{RULE}copy/", rule_commands.rule_copy, name="rule-copy"),
    path(f"{WORKSTREAM}{RULE}delete/", rule_commands.rule_delete, name="rule-delete"),
    path(f"{WORKSTREAM}{RULE}move/", rule_commands.rule_move, name="rule-move"),
]
