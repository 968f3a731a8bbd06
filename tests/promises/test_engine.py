"""I2, I3, I4 and the order of work, of the engine alone."""

from tests.promises.decisions import hold_against_the_model

SEED = 5
STORIES = 300


def test_the_engine_keeps_the_promises_of_the_model() -> None:
    hold_against_the_model(SEED, examples=STORIES)
