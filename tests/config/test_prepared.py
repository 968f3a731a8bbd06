"""Querysets whose SQL is built once give the same objects."""

from contextlib import nullcontext, suppress
from datetime import UTC
from uuid import uuid4

import pghistory
import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef

from config.clock import database_now
from config.database import PREPARED
from config.prepared import Prepared, insert_row, prepared_cursor, save_fields
from config.refusal import Refusal
from config.savepoint import savepoint_if_asked
from tests.factories import make_item
from workstreams.models import Message, WorkItem

pytestmark = pytest.mark.django_db
# In transactions that really end.
emptying = pytest.mark.django_db(transaction=True)


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


def test_words_vary_too(workstream):
    make_item(workstream, title="One")
    two = make_item(workstream, title="Two")
    prepared = Prepared(lambda title: WorkItem.objects.filter(title=title), words=["title"])

    assert [item.pk for item in prepared(title="Two")] == [two.pk]
    assert prepared(title="Three") == []


def test_what_is_written_by_prepared_statements_is_what_a_save_writes(workstream):
    item = make_item(workstream, context={"tier": "gold"})
    item.pk = None
    item.conversation_key = uuid4()

    insert_row(item)
    item.title, item.required_profiles, item.attributes = "New", [7], {"a": [1]}
    save_fields(item, "title", "required_profiles", "attributes")

    stored = WorkItem.objects.get(pk=item.pk)
    assert {name: getattr(stored, name) for name in vars(stored) if name[0] != "_"} == {
        name: value for name, value in vars(item).items() if name[0] != "_"
    }


def test_the_audit_trail_puts_no_words_before_them(workstream):
    item = make_item(workstream)

    with pghistory.context(user=None):
        save_fields(item, "title")


def test_what_is_audited_is_not_written_by_them(queue):
    for write in (insert_row, lambda row: save_fields(row, "name")):
        with pytest.raises(TypeError, match="audited"):
            write(queue)


def test_an_error_inside_leaves_the_transaction_usable(workstream):
    with pytest.raises(IntegrityError), savepoint_if_asked():
        WorkItem.objects.filter(pk=make_item(workstream).pk).update(state="nonsense")

    assert not WorkItem.objects.exists()


def test_a_savepoint_that_is_not_needed_costs_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(ZeroDivisionError), savepoint_if_asked():
        1 / 0  # noqa: B018


def test_a_statement_may_be_asked_while_it_is_asked(db):
    with prepared_cursor() as outer:
        outer.execute("SELECT %s::int", [1])
        with prepared_cursor() as inner:
            inner.execute("SELECT %s::int", [2])

            assert (outer.fetchone(), inner.fetchone()) == ((1,), (2,))


def test_the_log_of_statements_names_each_however_often_it_was_asked(
    db, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as queries:
        for _ in range(10):
            with prepared_cursor() as cursor:
                cursor.execute("SELECT 'often'")

    assert [query["sql"] for query in queries.captured_queries] == ["SELECT 'often'"] * 10


def test_a_statement_that_failed_can_be_asked_again(db):
    for divisor in (0, 1):
        error = nullcontext() if divisor else pytest.raises(DataError)
        with error, transaction.atomic(), prepared_cursor() as cursor:
            cursor.execute("SELECT 1 / %s::int", [divisor])

            assert cursor.fetchone() == (1,)


def test_nothing_is_asked_in_a_transaction_that_failed(db):
    with transaction.atomic(), prepared_cursor() as cursor:
        transaction.set_rollback(True)

        with pytest.raises(transaction.TransactionManagementError):
            cursor.execute("SELECT 1")


@emptying
def test_another_connection_knows_nothing_of_the_first():
    times = []
    for _ in range(2):
        times.append(database_now())
        connection.close()

    assert times[0] < times[1]
    assert times[0].tzinfo is UTC


def _prepared_on_the_server():
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(statement) FROM pg_prepared_statements")
        return cursor.fetchone()[0] or []


def _ask_often(sql):
    for _ in range(PREPARED["prepare_threshold"] + 1):
        with prepared_cursor() as cursor:
            cursor.execute(sql)


@emptying
@pytest.mark.parametrize("is_inside", [False, True], ids=["transaction", "savepoint"])
def test_a_refusal_leaves_earlier_statements_prepared_and_its_own_not(is_inside):
    connection.close()
    _ask_often("SELECT 1")

    around = transaction.atomic() if is_inside else nullcontext()
    with around, suppress(Refusal), transaction.atomic():
        _ask_often("SELECT 2")
        raise Refusal

    assert _prepared_on_the_server() == ["SELECT 1"]


@emptying
def test_what_changes_tables_leaves_nothing_prepared():
    connection.close()
    _ask_often("SELECT 1")

    with prepared_cursor() as cursor:
        cursor.execute("ALTER TABLE config_heartbeat ALTER COLUMN id SET NOT NULL")

    assert _prepared_on_the_server() == []
