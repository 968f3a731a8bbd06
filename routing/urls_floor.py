"""Addresses of the supervisors' pages."""

from django.urls import path

from routing.views import work_items
from routing.views.floor import (
    alarms,
    blockers,
    default,
    demo_traffic,
    page,
    processes,
    verbs,
    watch,
)

floor_urls = [
    # floor/: the page, and each of its blocks
    path("floor/", page.floor, name="floor"),
    path("floor/tiles/", page.tiles, name="floor-tiles"),
    path("floor/queues/", page.queues, name="floor-queues"),
    path("floor/agents/", page.agents, name="floor-agents"),
    path("floor/items/", page.items, name="floor-items"),
    path("floor/processes/", processes.block, name="floor-processes"),
    path("floor/alarms/", alarms.block, name="floor-alarms"),
    path("floor/alarms/<int:alarm_id>/acknowledge/", alarms.acknowledge, name="alarm-acknowledge"),
    path("floor/blockers/", blockers.block, name="floor-blockers"),
    path(
        "floor/blockers/<int:blocker_id>/acknowledge/",
        blockers.acknowledge,
        name="blocker-acknowledge",
    ),
    path("floor/default/save/", default.save, name="floor-default-save"),
    path("floor/default/reset/", default.reset, name="floor-default-reset"),
    path("floor/demo-traffic/", demo_traffic.switch, name="floor-demo-traffic"),
    # work-items/: the list, and what a supervisor does with one
    path("work-items/", work_items.work_item_list, name="work-item-list"),
    path("work-items/<int:work_item_id>/assign/", verbs.assign, name="work-item-assign"),
    path("work-items/<int:work_item_id>/transfer/", verbs.transfer, name="work-item-transfer"),
    path("work-items/<int:work_item_id>/close/", verbs.force_close, name="work-item-close"),
    path("work-items/<int:work_item_id>/monitor/", watch.monitor, name="work-item-monitor"),
    path("work-items/<int:work_item_id>/join/", watch.join, name="work-item-join"),
    path(
        "work-items/<int:work_item_id>/candidates/", verbs.candidates, name="work-item-candidates"
    ),
]
