"""Two administrators at once, on two connections."""

import threading

import pytest
from django.db import connection, transaction

from tests.factories import make_queue, make_user, make_workstream
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.edit_workstream import edit_workstream
from workstreams.actions.refusals import InvalidSettings
from workstreams.actions.set_fallback_queue import set_fallback_queue
from workstreams.exceptions import SavedMeanwhile
from workstreams.models import Queue, Workstream

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def start(work):
    """Runs it on a connection of its own; the returned thread says whether it waits."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=0.3)
    return thread


def test_of_two_edits_of_one_revision_one_is_refused(now):
    workstream, by = make_workstream("Chat"), make_user("ada", "administrator")
    refused = []

    def second_edit():
        with pytest.raises(SavedMeanwhile) as refusal:
            edit_workstream(workstream=workstream, name="Second", revision=1, by=by, now=now)
        refused.append(refusal)

    with transaction.atomic():
        edit_workstream(workstream=workstream, name="First", revision=1, by=by, now=now)
        other = start(second_edit)
        assert other.is_alive()
    other.join(timeout=60)

    assert refused
    assert Workstream.objects.get().name == "First"


def test_a_queue_that_is_being_deleted_does_not_become_a_fallback_queue(now):
    workstream, by = make_workstream("Chat"), make_user("ada", "administrator")
    queue = make_queue("Going")
    refused = []

    def choose():
        with pytest.raises(InvalidSettings) as refusal:
            set_fallback_queue(workstream=workstream, queue=queue, by=by, now=now)
        refused.append(refusal.value.errors)

    with transaction.atomic():
        delete_queue(queue=queue, by=by, now=now)
        other = start(choose)
        assert other.is_alive()
    other.join(timeout=60)

    assert [errors.keys() for errors in refused] == [{"fallback_queue"}]
    assert not Queue.objects.filter(name="Going").exists()
