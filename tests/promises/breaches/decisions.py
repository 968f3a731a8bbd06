"""I5: each decision names an existing version of the configuration."""

from typing import Final

from tests.promises.breaches.of_items import DECIDED, DECISIONS, ITEMS, Breaches

# A decision's moment is read before locks are waited for, and so is a publication's.
WAITS: Final = "interval '1 minute'"

OF_DECISIONS: Final[Breaches] = (
    (
        "I5: a decision names no published version",
        f"SELECT id, version FROM ({DECISIONS}) AS decision WHERE NOT EXISTS ("
        " SELECT FROM routing_configurationversion AS one WHERE one.number = decision.version)",
    ),
    (
        "I5: a decision names a version of another time",
        f"""
        SELECT decision.id, decision.version, decision.at FROM ({DECISIONS}) AS decision
        JOIN routing_configurationversion AS one ON one.number = decision.version
        LEFT JOIN routing_configurationversion AS next ON next.number = decision.version + 1
        WHERE decision.at + {WAITS} < one.at OR decision.at > next.at + {WAITS}
        """,
    ),
    (
        "I5: nothing says why an agent got an item",
        f"SELECT id, item_id, how FROM ({DECIDED}) AS decided WHERE decision_id IS NULL",
    ),
    (
        "I5: an item was routed by no published version",
        f"SELECT id, configuration_version FROM ({ITEMS}) AS item WHERE NOT EXISTS ("
        " SELECT FROM routing_configurationversion AS one"
        " WHERE one.number = item.configuration_version)",
    ),
)
