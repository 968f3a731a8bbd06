"""What a customer answered before the chat."""

from collections.abc import Mapping
from dataclasses import dataclass

from workstreams.channels.contract import SURVEY
from workstreams.models import WorkItem


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The question as it was read, and the answer in words."""

    question: str
    answer: str


def survey_answers(item: WorkItem) -> list[Answer]:
    """Without a query. Programs write attributes as they like: what is no answer is left out."""
    given = item.attributes.get(SURVEY)
    return [
        Answer(question=each["question"], answer=_in_words(each["answer"]))
        for each in (given if isinstance(given, list) else [])
        if isinstance(each, Mapping)
        and isinstance(each.get("question"), str)
        and isinstance(each.get("answer"), str | bool)
    ]


def _in_words(answer: str | bool) -> str:
    if isinstance(answer, str):
        return answer
    return "Yes" if answer else "No"
