"""Groups that nobody can take, as the database is told of them."""

from collections import Counter

import pytest
from django.db import connection

from routing.queries.blocked_groups import BlockedGroups


def blocked_groups(revisions: Counter[int]) -> BlockedGroups:
    return BlockedGroups(lambda queue_id: revisions[queue_id])


@pytest.mark.django_db
def test_the_database_reads_every_group_as_it_was_added() -> None:
    groups = {(1, "latin"), (1, 'a "quoted" \\key, {in braces}'), (1, ""), (2, "NULL"), (2, "ä")}
    blocked = blocked_groups(Counter())
    for queue_id, key in groups:
        blocked.add(queue_id, key)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unnest(%s::bigint[], %s::text[])", blocked.arrays())
        assert set(cursor.fetchall()) == groups


def test_groups_of_a_queue_are_forgotten_once_something_of_its_members_changed() -> None:
    revisions: Counter[int] = Counter()
    blocked = blocked_groups(revisions)
    blocked.add(1, "latin")
    blocked.add(2, "latin")
    assert blocked.arrays() == ("{1,2}", '{"latin","latin"}')

    revisions[1] += 1

    assert blocked.arrays() == ("{2}", '{"latin"}')
    blocked.add(1, "greek")
    assert blocked.arrays() == ("{2,1}", '{"latin","greek"}')


def test_what_is_added_later_is_told_too() -> None:
    blocked = blocked_groups(Counter())
    blocked.add(1, "latin")
    blocked.arrays()
    blocked.add(1, "greek")
    blocked.add(1, "latin")

    assert blocked.arrays() == ("{1,1}", '{"latin","greek"}')


def test_without_any_there_are_two_empty_arrays() -> None:
    assert blocked_groups(Counter()).arrays() == ("{}", "{}")
