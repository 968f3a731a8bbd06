"""The pre-conversation survey of a chat: its questions, and their order."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agents.permissions import configurer_required, may_configure, reader_required
from config.clock import database_now
from config.pages import go_to
from config.request import AppRequest
from workstreams.actions.arrange_survey import delete_survey_question, move_survey_question
from workstreams.actions.save_survey_question import save_survey_question
from workstreams.forms.survey import QuestionForm
from workstreams.models import ChannelInstance, SurveyQuestion
from workstreams.models.survey_question import MAXIMUM_QUESTIONS
from workstreams.terms import Channel
from workstreams.views.answers import accepted, delete_answer, form_answer


@require_safe
@reader_required
def survey(request: AppRequest, workstream_id: int, channel_instance_id: int) -> HttpResponse:
    """The questions in the order in which they are asked."""
    instance = _load(workstream_id, channel_instance_id)
    questions = list(instance.survey_questions.all())
    context = {
        "title": f"Pre-conversation survey of “{instance}”",
        "instance": instance,
        "workstream": instance.workstream,
        "questions": questions,
        "is_full": len(questions) >= MAXIMUM_QUESTIONS,
        "most": MAXIMUM_QUESTIONS,
        "can_write": may_configure(request.user),
    }
    return render(request, "workstreams/survey/survey.html", context)


@require_http_methods(["GET", "POST"])
@configurer_required
def survey_question_create(
    request: AppRequest, workstream_id: int, channel_instance_id: int
) -> HttpResponse:
    """A further question, asked last."""
    instance = _load(workstream_id, channel_instance_id)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    return _form_page(request, form, instance, None, "Add a question")


@require_http_methods(["GET", "POST"])
@configurer_required
def survey_question_edit(
    request: AppRequest, workstream_id: int, channel_instance_id: int, survey_question_id: int
) -> HttpResponse:
    """Another text, type or name."""
    question = _question(workstream_id, channel_instance_id, survey_question_id)
    data = request.POST if request.method == "POST" else None
    form = QuestionForm(data, question=question)
    return _form_page(request, form, question.channel_instance, question, "Edit the question")


@require_http_methods(["GET", "POST"])
@configurer_required
def survey_question_delete(
    request: AppRequest, workstream_id: int, channel_instance_id: int, survey_question_id: int
) -> HttpResponse:
    """It is asked no more."""
    question = _question(workstream_id, channel_instance_id, survey_question_id)
    home = _home(question.channel_instance)
    return delete_answer(
        request,
        noun="question",
        name=question.name,
        text="It is asked no more. Conversations keep their answers, and the context variable"
        f" {question.name} stays.",
        look=lambda: [],
        delete=lambda: delete_survey_question(
            question=question, by=request.user, now=database_now()
        ),
        back=home,
        done=home,
    )


@require_POST
@configurer_required
def survey_question_move(
    request: AppRequest, workstream_id: int, channel_instance_id: int, survey_question_id: int
) -> HttpResponse:
    """One place up, or with ``direction=down`` one down."""
    question = _question(workstream_id, channel_instance_id, survey_question_id)
    up = request.POST.get("direction") != "down"
    move_survey_question(question=question, up=up, by=request.user, now=database_now())
    return go_to(request, _home(question.channel_instance))


def _form_page(
    request: AppRequest,
    form: QuestionForm,
    instance: ChannelInstance,
    question: SurveyQuestion | None,
    title: str,
) -> HttpResponse:
    def save() -> Any:
        return save_survey_question(
            instance=instance,
            question=question,
            by=request.user,
            now=database_now(),
            **form.settings(),
        )

    saved = accepted(form, save)
    if saved:
        return go_to(request, _home(instance), text=f"The question “{saved.name}” is saved.")
    return form_answer(request, form, title=title, list_url=_home(instance), area=instance.name)


def _load(workstream_id: int, channel_instance_id: int) -> ChannelInstance:
    rows = ChannelInstance.objects.select_related("workstream")
    return get_object_or_404(
        rows,
        pk=channel_instance_id,
        workstream_id=workstream_id,
        workstream__channel=Channel.LIVE_CHAT,
    )


def _question(
    workstream_id: int, channel_instance_id: int, survey_question_id: int
) -> SurveyQuestion:
    instance = _load(workstream_id, channel_instance_id)
    question = get_object_or_404(SurveyQuestion, pk=survey_question_id, channel_instance=instance)
    question.channel_instance = instance
    return question


def _home(instance: ChannelInstance) -> str:
    return reverse("workstreams:survey", args=[instance.workstream_id, instance.pk])
