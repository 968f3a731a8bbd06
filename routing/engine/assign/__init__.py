"""One cycle's decisions for a batch of waiting items; the only part that keeps working state."""

from routing.engine.assign.decide import decide, decide_in_steps

__all__ = ["decide", "decide_in_steps"]
