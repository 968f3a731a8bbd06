"""I5: each decision names an existing version of the configuration."""

from typing import Final

from tests.promises.breaches.of_items import ITEMS, Breaches

OF_DECISIONS: Final[Breaches] = (
    (
        "I5: a decision names no published version",
        "SELECT id, version FROM routing_routingdecision AS decision"
        " WHERE (%(items)s::bigint[] IS NULL OR work_item_id = ANY(%(items)s)) AND NOT EXISTS ("
        " SELECT FROM routing_configurationversion AS one WHERE one.number = decision.version)",
    ),
    (
        "I5: an item was routed by no published version",
        f"SELECT id, configuration_version FROM ({ITEMS}) AS item WHERE NOT EXISTS ("
        " SELECT FROM routing_configurationversion AS one"
        " WHERE one.number = item.configuration_version)",
    ),
)
