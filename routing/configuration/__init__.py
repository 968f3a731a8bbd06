"""The one door to configuration versions and documents.

Administrators edit rows; the engine reads versions. ``publish`` turns rows into pieces
and stores what changed; ``current`` and ``at`` give versions compiled for the engine.
"""

from routing.configuration.current import at, current
from routing.configuration.publish import publish
from routing.configuration.published import Published

__all__ = ["Published", "at", "current", "publish"]
