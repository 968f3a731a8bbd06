"""Learning from approved records. scikit-learn is imported by what is called here alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from routing.learning.weights import Document, document_of
from routing.learning.words import features

SEED: Final = 20_260_302
FOLDS: Final = 5
MOST_WORDS: Final = 20_000
# A pair of words that stands in one of very many records tells nothing.
MANY_RECORDS: Final = 400
# Weights below this share of a label's largest are left out: they turn no decision.
SMALLEST_WEIGHT: Final = 0.01
SHARPNESS: Final = 10.0
SMOOTHNESS: Final = 1.0

# Told how much of the work is done, from 0 to 1.
Progress = Callable[[float], None]


class CannotLearn(ValueError):
    """The records do not allow a model; the sentence says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """One approved record: what came in, and what people made of it."""

    text: str
    skills: tuple[str, ...] = ()
    number: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """The document to store, and what held when parts of the records were kept back."""

    document: Document
    quality: dict[str, Any] = field(default_factory=dict)


def learn_labels(lessons: Sequence[Lesson], labels: Sequence[str]) -> dict[str, Any]:
    """One yes-or-no question a label."""
    from sklearn.linear_model import LogisticRegression

    matrix, vectorizer = _counted(lessons)
    intercepts: list[float] = []
    columns: list[Any] = []
    for label in labels:
        answers = [label in lesson.skills for lesson in lessons]
        if all(answers) or not any(answers):
            intercepts.append(4.0 if all(answers) else -4.0)
            columns.append(None)
            continue
        model = LogisticRegression(C=SHARPNESS, solver="liblinear", random_state=SEED, max_iter=300)
        model.fit(matrix, answers)
        intercepts.append(float(model.intercept_[0]))
        columns.append(model.coef_[0])
    return document_of(labels=labels, intercepts=intercepts, words=_words(vectorizer, columns))


def learn_number(lessons: Sequence[Lesson]) -> dict[str, Any]:
    """One number a text: the straight line through the words."""
    from sklearn.linear_model import Ridge

    matrix, vectorizer = _counted(lessons)
    model = Ridge(alpha=SMOOTHNESS, solver="sparse_cg", tol=1e-8)
    model.fit(matrix, [lesson.number for lesson in lessons])
    return document_of(
        labels=["number"],
        intercepts=[float(model.intercept_)],
        words=_words(vectorizer, [model.coef_]),
    )


def folds(count: int) -> Iterator[tuple[list[int], list[int]]]:
    """Which records teach and which are kept back, each kept back once."""
    from sklearn.model_selection import KFold

    split = KFold(n_splits=min(FOLDS, count), shuffle=True, random_state=SEED)
    for teaching, kept in split.split(range(count)):
        yield [int(each) for each in teaching], [int(each) for each in kept]


def one_thread() -> Any:
    """While learning: sums of several threads end in different last digits."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def _counted(lessons: Sequence[Lesson]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer=features,
        sublinear_tf=True,
        max_features=MOST_WORDS,
        min_df=2 if len(lessons) >= MANY_RECORDS else 1,
    )
    try:
        return vectorizer.fit_transform([lesson.text for lesson in lessons]), vectorizer
    except ValueError:
        raise CannotLearn("No word stands in these records.") from None


def _words(
    vectorizer: Any, columns: Sequence[Any]
) -> list[tuple[str, float, list[tuple[int, float]]]]:
    """Each word with its weights; those of a label that turn nothing are left out."""
    least = [
        0.0 if column is None else float(abs(column).max()) * SMALLEST_WEIGHT for column in columns
    ]
    return [
        (
            word,
            float(vectorizer.idf_[index]),
            [
                (label, round(float(column[index]), 5))
                for label, column in enumerate(columns)
                if column is not None and abs(column[index]) > least[label]
            ],
        )
        for word, index in sorted(vectorizer.vocabulary_.items())
    ]
