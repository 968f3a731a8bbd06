"""The questions of a survey: as they are set up, and as customers answer them."""

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from config.forms import AppForm
from workstreams.channels.message_field import MessageForm
from workstreams.models import SurveyQuestion
from workstreams.terms import AnswerType, choices

ANSWER_LENGTH: Final = 4000
LINK: Final = re.compile(r"\[([^\[\]]{1,200})\]\((https?://[^\s()<>\"']{1,500})\)")


class QuestionForm(AppForm):
    """One question."""

    name = forms.CharField(
        max_length=100,
        help_text="The context variable with the answer, such as Email or topic; case counts."
        " Rules read it as context.topic, texts as {topic}.",
    )
    text = forms.CharField(
        max_length=512,
        label="Question text",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What customers read. A consent may link: [privacy](https://example.org/privacy).",
    )
    answer_type = forms.ChoiceField(choices=choices(AnswerType), label="Answer type")
    options = forms.CharField(
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="With semicolons between them: Orders; Returns; Something else",
    )
    is_required = forms.BooleanField(required=False, label="Required")

    fieldsets = (("", ("name", "text", "answer_type", "options", "is_required")),)
    shown_when = {"options": "answer_type=options"}

    def __init__(self, data: Any = None, *, question: SurveyQuestion | None = None) -> None:
        super().__init__(data, initial=_initial(question) if question else None)

    def settings(self) -> dict[str, Any]:
        """What the action wants."""
        options = (self.cleaned_data["options"] or "").split(";")
        return {**self.cleaned_data, "options": options}


class StartForm(MessageForm):
    """Who writes, the answers to the survey, and the first message."""

    name = forms.CharField(
        label="Your name",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="E-mail (optional)",
        required=False,
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "email"}),
    )

    def __init__(
        self, data: Any = None, *, questions: Iterable[SurveyQuestion] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.questions = {f"answer-{question.pk}": question for question in questions}
        for name, question in self.questions.items():
            self.fields[name] = _field(question)
        self.order_fields(["name", "email", *self.questions, "text", "client_key"])

    def answers(self) -> list[dict[str, Any]]:
        """What was answered: the variable, the question as it was read, and the answer."""
        given = (
            (question, self.cleaned_data.get(name)) for name, question in self.questions.items()
        )
        return [
            {"name": question.name, "question": question.text, "answer": answer}
            for question, answer in given
            if answer not in (None, "")
        ]


def consent_text(text: str) -> SafeString:
    """Text with its markdown-style links, and nothing else of markup."""
    parts: list[str] = []
    end = 0
    for found in LINK.finditer(text):
        parts.append(escape(text[end : found.start()]))
        label, address = escape(found[1]), escape(found[2])
        parts.append(f'<a href="{address}" target="_blank" rel="noopener noreferrer">{label}</a>')
        end = found.end()
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308  # every part is escaped above


def _field(question: SurveyQuestion) -> forms.Field:
    label = question.text if question.is_required else f"{question.text} (optional)"
    plain = {"class": "form-control"}
    if question.answer_type == AnswerType.CONSENT:
        return forms.BooleanField(
            label=consent_text(question.text),
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            error_messages={"required": "Please agree before the chat begins."},
        )
    if question.answer_type == AnswerType.OPTIONS:
        return forms.ChoiceField(
            label=label,
            required=question.is_required,
            choices=[("", "Choose"), *((option, option) for option in question.options)],
            widget=forms.Select(attrs={"class": "form-select"}),
        )
    is_long = question.answer_type == AnswerType.MULTI_LINE
    return forms.CharField(
        label=label,
        required=question.is_required,
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={**plain, "rows": 3}) if is_long else forms.TextInput(plain),
    )


def _initial(question: SurveyQuestion) -> dict[str, Any]:
    return {
        "name": question.name,
        "text": question.text,
        "answer_type": question.answer_type,
        "options": "; ".join(question.options),
        "is_required": question.is_required,
    }
