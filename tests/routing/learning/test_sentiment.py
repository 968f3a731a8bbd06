"""How customers feel, by the words of four languages."""

import pytest

from routing.learning.sentiment import MIDDLE_OF, category_of, feel
from routing.terms import Sentiment


@pytest.mark.parametrize(
    ("text", "category", "language"),
    [
        # English
        ("This is great, thank you!", "very_positive", "en"),
        ("The agent was really helpful", "very_positive", "en"),
        ("It works fine now", "positive", "en"),
        ("no problem", "slightly_positive", "en"),
        ("Where is my order?", "neutral", "en"),
        ("I would like to change my address", "neutral", "en"),
        ("The parcel is late", "slightly_negative", "en"),
        ("The machine does not work", "negative", "en"),
        ("I'm very disappointed, worst service ever!!!", "very_negative", "en"),
        # German
        ("Vielen Dank, alles super!", "very_positive", "de"),
        ("Ich bin zufrieden mit der Maschine", "positive", "de"),
        ("Wann kommt mein Paket?", "neutral", "de"),
        ("Das gefällt mir gar nicht", "slightly_negative", "de"),
        ("Die Maschine ist kaputt und niemand hilft mir", "negative", "de"),
        ("Das ist eine Frechheit, ich bin wütend", "very_negative", "de"),
        # French
        ("Merci beaucoup, c'est parfait", "very_positive", "fr"),
        ("Où est ma commande ?", "neutral", "fr"),
        ("La machine ne fonctionne plus", "slightly_negative", "fr"),
        ("Je suis déçu, c'est inacceptable", "very_negative", "fr"),
        # Spanish
        ("Muchas gracias, excelente servicio", "very_positive", "es"),
        ("¿Dónde está mi pedido?", "neutral", "es"),
        ("No funciona, estoy muy enfadado", "very_negative", "es"),
    ],
)
def test_seven_points_in_four_languages(text, category, language):
    feeling = feel(text)

    assert (feeling.category, feeling.language) == (category, language)


@pytest.mark.parametrize(
    ("plain", "turned"),
    [
        ("The coffee is good", "The coffee is not good"),
        ("The coffee is good", "The coffee isn't good"),
        ("I recommend this", "I can't recommend this"),
        ("I was happy with it", "I was never happy with it"),
        ("Der Kaffee ist gut", "Der Kaffee ist nicht gut"),
        ("Der Kaffee gefällt mir", "Der Kaffee gefällt mir nicht"),
        ("Das ist eine gute Maschine", "Das ist keine gute Maschine"),
        ("C'est bon", "Ce n'est pas bon"),
        ("La machine marche", "La machine ne marche pas"),
        ("El café es bueno", "El café no es bueno"),
        ("Estoy contento", "Nunca estoy contento"),
    ],
)
def test_a_negation_turns_a_good_word(plain, turned):
    assert feel(plain).score > 55
    assert feel(turned).score < 45


@pytest.mark.parametrize(
    "text",
    [
        "This is not bad",
        "There is no problem",
        "Nicht schlecht",
        "Ce n'est pas mauvais",
        "No es malo",
    ],
)
def test_a_negation_turns_a_bad_word(text):
    assert feel(text).score > 55


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("It is good", "It is very good"),
        ("It is slightly bad", "It is bad"),
        ("It is good", "It is good!!!"),
        ("I was disappointed by it", "I was DISAPPOINTED by it"),
        ("Es ist schlecht", "Es ist sehr schlecht"),
        ("C'est bon", "C'est très bon"),
        ("Es bueno", "Es muy bueno"),
    ],
)
def test_words_of_degree_make_it_stronger_or_weaker(less, more):
    assert abs(feel(less).score - 50) < abs(feel(more).score - 50)


def test_what_follows_a_but_counts_more():
    assert feel("Great machine but the delivery was terrible").score < 30
    assert feel("The delivery was terrible but the machine is great").score > 55


def test_two_negations_are_none():
    assert feel("not without problems").score < 45


def test_a_negation_reaches_no_further_than_its_clause():
    assert feel("No, this is good").score > 55


def test_signs_of_feeling_count_in_every_language():
    assert feel("😡").category == Sentiment.VERY_NEGATIVE
    assert feel("👍").category in (Sentiment.POSITIVE, Sentiment.VERY_POSITIVE)
    assert feel("wann :(").score < 45


@pytest.mark.parametrize(
    "text", ["", "   ", "12345 -- 67", "Missä tilaukseni on?", "注文はどこですか"]
)
def test_what_says_nothing_of_feelings_is_neutral(text):
    feeling = feel(text)

    assert (feeling.score, feeling.category, feeling.keywords) == (50.0, "neutral", ())


def test_keywords_are_the_words_it_came_from():
    assert feel("Awful service, the machine is broken. Awful!").keywords == ("awful", "broken")


def test_a_large_text_is_read_at_its_beginning_alone():
    feeling = feel("This is great. " + "terrible " * 20_000)

    assert feeling == feel(("This is great. " + "terrible " * 20_000)[:5_000])
    assert len(feeling.keywords) <= 20


@pytest.mark.parametrize("category", list(MIDDLE_OF))
def test_every_category_has_a_score_in_its_middle(category):
    assert category_of(MIDDLE_OF[category]) is category
    assert category_of(0) is Sentiment.VERY_NEGATIVE
    assert category_of(100) is Sentiment.VERY_POSITIVE


@pytest.mark.parametrize(
    "text",
    [
        "My invoice is at https://a.example/1, the order at http://b.example/problem",
        "See www.example.com/broken for the address",
        "Items:(a) one, (b) two",
        "The order:delivered on Monday",
    ],
)
def test_addresses_and_lists_are_no_faces(text):
    assert feel(text).keywords == ()


@pytest.mark.parametrize(("face", "is_glad"), [(":D", True), (":-D", True), (":-/", False)])
def test_faces_are_read_as_they_are_typed(face, is_glad):
    assert (feel(f"Monday then {face}").score > 50) is is_glad
