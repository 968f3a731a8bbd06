"""Terms have labels of their own, also where their text is the same."""

from enum import StrEnum
from types import ModuleType

import pytest

import agents.terms
import routing.terms
import workstreams.terms
from workstreams.terms import LABELS, Channel, WrapUpBlock

MODULES = (agents.terms, workstreams.terms, routing.terms)
# Terms that people never read.
UNLABELLED = {"DecisionStage"}


def test_a_custom_channel_is_not_called_like_a_custom_time() -> None:
    assert (LABELS[Channel.CUSTOM], LABELS[WrapUpBlock.CUSTOM]) == ("Custom", "Custom time")


@pytest.mark.parametrize("module", MODULES)
def test_every_term_has_a_label(module: ModuleType) -> None:
    groups = [
        group
        for name, group in vars(module).items()
        if isinstance(group, type)
        and issubclass(group, StrEnum)
        and name not in {"StrEnum", *UNLABELLED}
    ]

    assert [term for group in groups for term in group if term not in module.LABELS] == []
