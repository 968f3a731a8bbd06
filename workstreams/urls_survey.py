"""Addresses of surveys, context variables and customer identification."""

from django.urls import path

from workstreams.views import context_variables, identification, survey

# workstreams/<id>/context-variables/
VARIABLES = "workstreams/<int:workstream_id>/context-variables/"
ONE_VARIABLE = f"{VARIABLES}<int:context_variable_id>/"
# workstreams/<id>/channel-instances/<id>/survey/
SURVEY = "workstreams/<int:workstream_id>/channel-instances/<int:channel_instance_id>/survey/"
ONE_QUESTION = f"{SURVEY}<int:survey_question_id>/"
RULES = "identification/"
ONE_RULE = f"{RULES}<int:identification_rule_id>/"

survey_urls = [
    path(
        f"{VARIABLES}new/",
        context_variables.context_variable_create,
        name="context-variable-create",
    ),
    path(
        f"{ONE_VARIABLE}edit/",
        context_variables.context_variable_edit,
        name="context-variable-edit",
    ),
    path(
        f"{ONE_VARIABLE}delete/",
        context_variables.context_variable_delete,
        name="context-variable-delete",
    ),
    path(
        f"{ONE_VARIABLE}uses/",
        context_variables.context_variable_uses,
        name="context-variable-uses",
    ),
    path(SURVEY, survey.survey, name="survey"),
    path(f"{SURVEY}new/", survey.survey_question_create, name="survey-question-create"),
    path(f"{ONE_QUESTION}edit/", survey.survey_question_edit, name="survey-question-edit"),
    path(f"{ONE_QUESTION}delete/", survey.survey_question_delete, name="survey-question-delete"),
    path(f"{ONE_QUESTION}move/", survey.survey_question_move, name="survey-question-move"),
    path(RULES, identification.identification, name="identification"),
    path(
        f"{RULES}new/", identification.identification_rule_create, name="identification-rule-create"
    ),
    path(
        "workstreams/<int:workstream_id>/identification/new/",
        identification.identification_rule_create,
        name="workstream-identification-rule-create",
    ),
    path(
        f"{ONE_RULE}edit/", identification.identification_rule_edit, name="identification-rule-edit"
    ),
    path(
        f"{ONE_RULE}delete/",
        identification.identification_rule_delete,
        name="identification-rule-delete",
    ),
    path(
        f"{ONE_RULE}move/", identification.identification_rule_move, name="identification-rule-move"
    ),
]
