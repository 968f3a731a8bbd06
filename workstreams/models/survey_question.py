"""What a chat asks before it begins."""

from django.db import models

from config.audit import audited
from workstreams.models.channel_instance import ChannelInstance
from workstreams.terms import AnswerType, choices

MAXIMUM_QUESTIONS = 10


@audited()
class SurveyQuestion(models.Model):
    """One question of the pre-conversation survey (B 4.4).

    ``name`` is the context variable that holds the answer; ``options`` are the choices.
    """

    channel_instance = models.ForeignKey(
        ChannelInstance, on_delete=models.CASCADE, related_name="survey_questions"
    )
    name = models.CharField(max_length=100)
    text = models.CharField(max_length=512)
    answer_type = models.CharField(
        max_length=12, choices=choices(AnswerType), default=AnswerType.SINGLE_LINE
    )
    options = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            # A question is asked once.
            models.UniqueConstraint(
                fields=["channel_instance", "name"],
                name="workstreams_surveyquestion_name_unique",
                violation_error_message="This survey has a question of this name already.",
            ),
            # Who has to consent has to answer (B 4.4).
            models.CheckConstraint(
                condition=~models.Q(answer_type=AnswerType.CONSENT) | models.Q(is_required=True),
                name="workstreams_surveyquestion_consent_is_required",
            ),
        ]

    def __str__(self) -> str:
        return self.text
