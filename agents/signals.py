"""Facts that agents announce, inside the transaction of the change.

Receivers run in that transaction, so what they write (wake-ups, versions) stands
or falls with the change. All carry ids and ``now``.
"""

from django.dispatch import Signal

# agent_ids, now
presence_changed = Signal()
# agent_ids, now: limits of units or profiles
capacity_changed = Signal()
# agent_ids, now
skills_changed = Signal()
# agent_ids, now: values of attributes that rules may ask for
attributes_changed = Signal()
# by (User or None), now: a skill, attribute, profile, presence or hours was edited
configuration_changed = Signal()
