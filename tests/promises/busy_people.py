"""Processes of busy people, as seen from outside."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.promises.actor import STOP
from tests.promises.processes import wait_until
from tests.promises.world import World

# Longer than an actor insists on an answer.
ACTOR_SECONDS: Final = 600.0


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A process of busy people; its report is a file, written anew every few seconds."""

    process: subprocess.Popen[bytes]
    report: Path

    def so_far(self) -> dict[str, Any]:
        """What it said last."""
        report: dict[str, Any] = json.loads(self.report.read_text())
        return report

    def stop(self) -> None:
        """Let it come to an end in order, soon."""
        self.report.with_suffix(STOP).touch()


def begin_actors(
    world: World,
    count: int,
    *,
    by_web: int = 0,
    skew: float = 0,
    addresses: Sequence[str] = (),
) -> list[Actor]:
    """Processes of busy people and customers, once all of them act, until they are told to stop;
    ``by_web`` more of them go through the API, and one through each of the other ``addresses``.
    The clock of the first may be wrong."""
    skews = [skew, *[0.0] * (count + by_web + len(addresses))]
    doors = [""] * count + [world.address] * by_web + [*addresses]
    actors = [
        _begin_actor(world, next(world.seeds), address=door, skew=off)
        for door, off in zip(doors, skews, strict=False)
    ]
    for actor in actors:
        wait_until(actor.report.exists, "an actor that acts")
    return actors


def report_of(world: World, actor: Actor) -> dict[str, Any]:
    """Wait for the end of an actor that was told to stop, and read what it did."""
    assert actor.process.wait(ACTOR_SECONDS) == 0, world.log.last_words()
    world.started.remove(actor.process)
    report = actor.so_far()
    assert report["is_over"]
    actor.report.unlink()
    return report


def _begin_actor(world: World, number: int, *, address: str, skew: float) -> Actor:
    report = world.folder / f"actor-{number}.json"
    arguments = ["--seed", str(number), "--report", str(report)]
    if address:
        tokens = world.folder / "tokens.json"
        tokens.write_text(json.dumps(world.tokens))
        arguments += ["--address", address, "--tokens", str(tokens)]
    clock = ["-m", "tests.promises.skewed", str(skew)] if skew else []
    process = world.begin(*clock, "-m", "tests.promises.actor", *arguments)
    return Actor(process=process, report=report)
