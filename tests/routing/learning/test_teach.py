"""What is learned from made-up work, and that it is the same each time."""

import json
import math
import zlib

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from routing.learning.predict import guess_effort, guess_feeling, guess_skills, sure_of
from routing.learning.sentiment import feel
from routing.learning.teach import teach_effort, teach_sentiment, teach_skills
from routing.learning.train import CannotLearn, Lesson
from routing.learning.weights import Unreadable, packed, ready, remembered, unpacked
from routing.learning.words import features, joined
from tests.routing.learning.lessons import lessons


def heard(_: float) -> None:
    """Nobody looks at the progress."""


@pytest.fixture(scope="module")
def skills():
    return teach_skills(lessons(80), 0.5, heard)


def test_skills_are_told_apart_by_their_words(skills):
    weights = ready(skills.document)

    guesses = guess_skills(weights, "My machine has a leak, water everywhere")

    assert guesses[0].skill == "Machines"
    assert [each.skill for each in sure_of(guesses, 0.5)] == ["Machines"]
    assert skills.quality["precision"] > 0.9
    assert skills.quality["recall"] > 0.7
    assert [each["skill"] for each in skills.quality["skills"]] == ["Billing", "Machines", "Orders"]


def test_a_text_can_need_two_skills(skills):
    guesses = guess_skills(
        ready(skills.document), "invoice refund payment card; parcel delivery courier tracking"
    )

    assert {each.skill for each in sure_of(guesses, 0.5)} == {"Billing", "Orders"}


def test_learning_twice_is_learning_the_same(skills):
    again = teach_skills(lessons(80), 0.5, heard)

    assert packed(again.document) == packed(skills.document)
    assert again.quality == skills.quality


def test_texts_are_weighed_as_the_library_weighs_them(skills):
    texts = [lesson.text for lesson in lessons(80)]
    vectorizer = TfidfVectorizer(analyzer=features, sublinear_tf=True).fit(texts)
    text = "leak leak water unknownword"
    row = vectorizer.transform([text])
    weights = ready(skills.document)

    expected = dict.fromkeys(range(3), 0.0)
    for word, index in vectorizer.vocabulary_.items():
        for label, weight in weights.words[word][1]:
            expected[label] += row[0, index] * weight
    got = {each.skill: each.confidence for each in guess_skills(weights, text)}

    for label, name in enumerate(weights.labels):
        score = expected[label] + weights.intercepts[label]
        assert got[name] == pytest.approx(1 / (1 + math.exp(-score)), abs=1e-3)


def test_a_skill_of_few_records_is_left_out_and_named():
    few = Lesson(text="sprechen Sie deutsch", skills=("German",))

    learned = teach_skills([*lessons(60), few, few], 0.5, heard)

    assert learned.quality["left_out"] == [{"skill": "German", "records": 2}]
    assert "German" not in learned.document["labels"]


def test_a_skill_of_every_record_is_no_error():
    with_one_more = [
        Lesson(text=each.text, skills=(*each.skills, "English")) for each in lessons(60)
    ]

    learned = teach_skills(with_one_more, 0.5, heard)

    assert "English" in {
        each.skill for each in sure_of(guess_skills(ready(learned.document), "my parcel"), 0.5)
    }


@pytest.mark.parametrize(
    ("taught", "sentence"),
    [
        (lessons(60, skills=("Billing",)), "the same skills"),
        ([Lesson(text="hello", skills=()) for _ in range(60)], "No skill has 3"),
        ([Lesson(text="1 2 3", skills=(str(n % 2),)) for n in range(60)], "No word"),
    ],
    ids=["one class", "no skills", "no words"],
)
def test_what_cannot_be_learned_is_said(taught, sentence):
    with pytest.raises(CannotLearn, match=sentence):
        teach_skills(taught, 0.5, heard)


def test_a_text_without_a_known_word_needs_nothing(skills):
    weights = ready(skills.document)

    assert guess_skills(weights, "") == []
    assert guess_skills(weights, "注文はどこですか") == []
    assert sure_of(guess_skills(weights, "x" * 100_000), 0.01) == []


def test_sentiment_learns_the_organisations_own_words():
    taught = [Lesson(text=f"it went bananas {n % 7}", number=7.0) for n in range(30)]
    taught += [Lesson(text=f"what a cracker {n % 7}", number=93.0) for n in range(30)]

    learned = teach_sentiment(taught, heard)
    weights = ready(learned.document)

    assert feel("bananas again").score == 50
    assert guess_feeling(weights, "bananas again").score < 40
    assert guess_feeling(weights, "a cracker").score > 60
    assert learned.quality["same"] > learned.quality["built_in"]["same"]


def test_effort_is_minutes_with_a_grade():
    learned = teach_effort(lessons(300), heard)
    weights = ready(learned.document)

    long, short = guess_effort(weights, "grinder leak pump"), guess_effort(weights, "refund bill")

    assert long.minutes > 12 > short.minutes
    assert learned.quality["grade"] in "ABC"
    assert 0.5 < long.confidence <= 1
    assert guess_effort(weights, "xyzzy").confidence == 0


def test_effort_of_one_length_is_nothing_to_learn():
    with pytest.raises(CannotLearn, match="same time"):
        teach_effort([Lesson(text=f"a {n}", number=5.0) for n in range(60)], heard)


def test_stored_bytes_are_read_and_never_run(skills):
    content, content_hash = packed(skills.document)

    assert unpacked(content) == ready(skills.document)
    assert remembered(content_hash, lambda: content) == ready(skills.document)
    # Read once a process: the second time nobody asks for the content.
    assert remembered(content_hash, bytes).labels == ("Billing", "Machines", "Orders")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zlib",
        zlib.compress(b"no json"),
        zlib.compress(b'{"format": 99}'),
        zlib.compress(b'{"format": 1, "labels": []}'),
        zlib.compress(
            json.dumps(
                {"format": 1, "labels": ["a"], "intercepts": [0], "words": [["x", 1, [[7, 1]]]]}
            ).encode()
        ),
        zlib.compress(b"[" * 200_000),
        zlib.compress(b" " * (65 * 1024 * 1024)),
    ],
    ids=["empty", "bytes", "text", "format", "missing", "labels", "nested", "huge"],
)
def test_what_is_no_model_is_refused(content):
    with pytest.raises(Unreadable):
        unpacked(content)


def test_changed_content_is_refused(skills):
    other, _ = packed({**skills.document, "intercepts": [9, 9, 9]})

    with pytest.raises(Unreadable, match="changed"):
        remembered("0" * 64, lambda: other)


def test_inputs_are_joined_in_order_and_cut():
    assert joined(["a", None, 3, ["b", "c"], True, {"d": 1}, "  "]) == "a\n3\nb c"
    assert len(joined(["x" * 100_000, "y"])) == 5_000
