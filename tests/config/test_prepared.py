"""Querysets whose SQL is built once give the same objects."""

import pytest
from django.db.models import Exists, OuterRef

from config.prepared import Prepared
from tests.factories import make_item
from workstreams.models import Message, WorkItem

pytestmark = pytest.mark.django_db


def _with_relations(item_id):
    messages = Message.objects.filter(item=OuterRef("pk"))
    items = WorkItem.objects.select_related("workstream", "agent__user")
    return items.annotate(has_messages=Exists(messages)).filter(pk=item_id)


def test_a_prepared_queryset_gives_what_the_queryset_gives(workstream):
    items = [make_item(workstream, context={"tier": "gold"}), make_item(workstream)]
    prepared = Prepared(_with_relations, "item_id")

    for item in items:
        [found], [wanted] = prepared(item_id=item.pk), list(_with_relations(item.pk))

        for row, same in ((found, wanted), (found.workstream, wanted.workstream)):
            assert {name: getattr(row, name) for name in vars(same) if name[0] != "_"} == {
                name: value for name, value in vars(same).items() if name[0] != "_"
            }
        assert found.agent is None


def test_a_prepared_queryset_reads_related_objects_with_the_row(
    workstream, django_assert_num_queries
):
    item = make_item(workstream)
    prepared = Prepared(_with_relations, "item_id")

    with django_assert_num_queries(1):
        assert prepared(item_id=item.pk)[0].workstream.name == workstream.name


def test_where_no_row_is_there_is_no_first_one(db):
    assert Prepared(_with_relations, "item_id").first(item_id=1) is None
