"""What streams are told, and when: at once, once, and nothing left out."""

from config.live.poller import Place
from config.live.reader import Cursor


def event(number, xid, *, is_settled):
    return {"id": number, "xid": xid, "is_settled": is_settled}


def numbers(events):
    return [each["id"] for each in events]


def test_an_event_is_told_before_its_order_is_certain_and_only_once():
    place = Place(Cursor(xid=5, id=0))

    assert numbers(place.news([event(1, 9, is_settled=False)])) == [1]
    assert numbers(place.news([event(1, 9, is_settled=False)])) == []
    assert numbers(place.news([event(1, 9, is_settled=True)])) == []


def test_the_poller_stays_behind_the_oldest_running_transaction():
    place = Place(Cursor(xid=5, id=0))

    place.news([event(1, 6, is_settled=True), event(2, 9, is_settled=False)])

    assert place.settled == Cursor(xid=6, id=1)


def test_an_event_of_an_older_transaction_that_commits_late_is_told():
    place = Place(Cursor(xid=5, id=0))
    place.news([event(2, 9, is_settled=False)])

    late = [event(1, 7, is_settled=True), event(2, 9, is_settled=True)]

    assert numbers(place.news(late)) == [1]


def test_a_page_rendered_before_a_late_event_is_told_of_it():
    place = Place(Cursor(xid=5, id=0))
    place.news([event(2, 9, is_settled=False)])
    before = place.reached

    place.news([event(1, 7, is_settled=True), event(2, 9, is_settled=True)])

    assert place.reached >= before
