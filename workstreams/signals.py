"""Facts that workstreams announce, inside the transaction of the change.

Receivers run in that transaction, so what they write (routing, wake-ups, versions)
stands or falls with the change. All carry ids and ``now``.
"""

from django.dispatch import Signal

# work_item_id, now: a new item, or one whose customer came back, has to be routed
work_item_arrived = Signal()
# queue_ids, agent_ids, now
queue_members_changed = Signal()
# record_id, by, now: a new record, which is routed by itself if its type is
record_created = Signal()
# record_id, by, now: resolved, cancelled, deactivated, or about to be deleted
record_ended = Signal()
# contact_id, now: who is preferred for a contact's work
preferred_agents_changed = Signal()
# queue_ids, now: unfinished work came to these queues from one that was deleted
work_items_moved = Signal()
# by (User or None), now: a workstream, queue or template was edited
configuration_changed = Signal()
