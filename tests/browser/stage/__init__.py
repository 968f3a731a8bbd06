"""What a story is played on: a database of its own, the processes, and people's browsers."""

from tests.browser.stage.scene import Scene
from tests.browser.stage.theatre import Theatre

__all__ = ["Scene", "Theatre"]
