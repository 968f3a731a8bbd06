"""The rows of the benchmark by what is measured at once, in a database of its own."""

ASSIGNING = ("cycle-builtin-1000", "cycle-nobody-free")
LARGE = (
    "cycle-builtin-large",
    "cycle-nobody-free-large",
    "cycle-nobody-skilled-large",
    "cycle-custom-large",
    "cycle-nobody-skilled-cold-large",
    "cycle-everybody-full-large",
    "first-cycle-large",
)
YARDSTICKS = (
    "yardstick-one-by-one-1",
    "yardstick-one-by-one-8",
    "yardstick-written-10",
    "yardstick-written-100",
    "yardstick-written-1000",
    "yardstick-written-10000",
)
LIVING = ("whole-life",)
LIVING_LARGE = ("whole-life-large",)
PICKING = ("pick-160-p95", "pick-160-spread-p95")
TAKING_OVER = ("router-killed", "router-ended")
GROWING = ("growth",)
ARRIVING_FAST = ("arrival-to-offer-100-p50", "arrival-to-offer-100-p95")
CUSTOM = ("cycle-custom-1000", "cycle-custom-fields-1000")
MATCHING = (
    "match-greedy-fit",
    "match-best-fit",
    "match-greedy-longest-wait",
    "match-best-longest-wait",
    "match-greedy-time",
    "match-best-time",
    "match-greedy-cost",
    "match-best-cost",
)
DECLINED = (
    "declined-built-in",
    "declined-closest",
    "declined-rules",
    "declined-rules-of-item",
    "declined-match",
)
MATCHING_QUEUES = ("match-queues-time", "match-queues-cost", "match-queues-cost-greedy")
STREAMING = ("event-to-1000-streams",)
LISTING = ("workstream-list-10000", "workstream-list-10000-counted")
RULES = ("rules-page-200",)
LEARNED = ("classify-learned",)
RECORDS = ("record-batch-5000",)
CHECKING = ("checks-1000", "checks-1000-cold")
ARRIVING = ("arrival-to-offer-20-p50", "arrival-to-offer-20-p95")
OVERFLOWING = ("overflow-sweep-10000", "arrival-limited")
DECIDING = ("rules-500-p95", "compile-10000")
PUBLISHING = ("publish-acts", "publish-acts-10000-rules")
EVERYWHERE = ("publish-acts-everywhere", "publish-acts-everywhere-10000-rules")
EXPLAINING = ("explanation-bytes",)
CLOSED = ("arrival-1m-closed", "publish-1m-closed")
