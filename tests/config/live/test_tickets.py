import time

from config.live.tickets import TICKET_SECONDS, make_ticket, topics_of_ticket


def test_a_ticket_admits_to_its_topics():
    assert topics_of_ticket(make_ticket(["floor", "queue-3"])) == {"floor", "queue-3"}


def test_a_forged_ticket_admits_to_nothing():
    ticket = make_ticket(["item-1"])

    assert topics_of_ticket(f"x{ticket}") == frozenset()
    assert topics_of_ticket("") == frozenset()


def test_a_ticket_is_good_for_a_minute(monkeypatch):
    ticket = make_ticket(["item-1"])
    later = time.time() + TICKET_SECONDS + 2
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert topics_of_ticket(ticket) == frozenset()
