"""A refusal speaks for itself."""

from config.refusal import Refusal


class OfferExpired(Refusal):
    """The offer to {agent} ran out
    while you decided.

    Raised by accept.
    """

    agent: str


class QueueClosed(OfferExpired):
    slug = "closed"
    status = 410


def test_the_sentence_is_the_first_paragraph_with_its_details():
    refusal = OfferExpired(agent="Ana")

    assert str(refusal) == "The offer to Ana ran out while you decided."
    assert refusal.agent == "Ana"
    assert refusal.details == {"agent": "Ana"}


def test_the_slug_is_the_name_in_kebab_case():
    assert (OfferExpired.slug, OfferExpired.status) == ("offer-expired", 409)


def test_a_subclass_may_name_slug_and_status_itself():
    assert (QueueClosed.slug, QueueClosed.status) == ("closed", 410)
