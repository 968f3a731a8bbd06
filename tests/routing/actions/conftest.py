"""What several actions are tried with."""

import pytest

from agents.models import Skill
from tests.factories import make_skill
from tests.routing.learning.lessons import WORDS


@pytest.fixture
def skills(db: None) -> dict[str, Skill]:
    """Those that lessons name."""
    return {name: make_skill(name) for name in WORDS}
