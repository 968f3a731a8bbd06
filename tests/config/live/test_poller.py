"""What streams are told, and when: at once, once, and nothing left out."""

from config.live.poller import Place
from config.live.reader import Cursor


def event(number, xid, *, is_settled):
    return {"id": number, "xid": xid, "is_settled": is_settled}


def numbers(events):
    return [each["id"] for each in events]


def read(place, feed, limit=100):
    """What the next read tells of a feed, as ``HINTS_SQL`` reads it."""
    behind = [
        each
        for each in sorted(feed, key=lambda each: (each["xid"], each["id"]))
        if Cursor(xid=each["xid"], id=each["id"]) > place.next
    ]
    return numbers(place.news(behind[:limit], limit=limit))


def test_an_event_is_told_before_its_order_is_certain_and_only_once():
    place = Place(Cursor(xid=5, id=0))

    assert numbers(place.news([event(1, 9, is_settled=False)], limit=100)) == [1]
    assert numbers(place.news([event(1, 9, is_settled=False)], limit=100)) == []
    assert numbers(place.news([event(1, 9, is_settled=True)], limit=100)) == []


def test_the_poller_stays_behind_the_oldest_running_transaction():
    place = Place(Cursor(xid=5, id=0))

    place.news([event(1, 6, is_settled=True), event(2, 9, is_settled=False)], limit=100)

    assert place.settled == Cursor(xid=6, id=1)


def test_an_event_of_an_older_transaction_that_commits_late_is_told():
    place = Place(Cursor(xid=5, id=0))
    place.news([event(2, 9, is_settled=False)], limit=100)

    late = [event(1, 7, is_settled=True), event(2, 9, is_settled=True)]

    assert numbers(place.news(late, limit=100)) == [1]


def test_a_page_rendered_before_a_late_event_is_told_of_it():
    place = Place(Cursor(xid=5, id=0))
    place.news([event(2, 9, is_settled=False)], limit=100)
    before = place.reached

    place.news([event(1, 7, is_settled=True), event(2, 9, is_settled=True)], limit=100)

    assert place.reached >= before


def test_any_number_of_events_behind_an_open_transaction_holds_up_none_after_them():
    place = Place(Cursor(xid=5, id=0))
    feed = [event(number, 10 + number, is_settled=False) for number in range(1, 7)]

    assert read(place, feed, limit=5) == [1, 2, 3, 4, 5]
    assert read(place, feed, limit=5) == [6]
    feed.append(event(7, 17, is_settled=False))

    assert read(place, feed, limit=5) == []
    assert read(place, feed, limit=5) == [7]
    assert place.settled == Cursor(xid=5, id=0)


def test_what_committed_between_is_told_when_the_open_transaction_has_ended():
    place = Place(Cursor(xid=5, id=0))
    feed = [event(number, 10 + number, is_settled=False) for number in (1, 2, 3, 4, 6)]
    told = [read(place, feed, limit=3) for _ in range(3)]
    assert told == [[1, 2, 3], [4, 6], []]

    feed += [event(5, 15, is_settled=False), event(8, 18, is_settled=False)]
    ended = [{**each, "is_settled": True} for each in feed]

    assert [read(place, ended, limit=3) for _ in range(4)] == [[8], [], [5], []]
    assert place.settled == Cursor(xid=18, id=8)
    assert place.told == {}
