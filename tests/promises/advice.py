"""Agents ask each other for advice while the conversation goes on, moves or ends."""

from collections.abc import Callable

from routing import service
from routing.terms import Outcome
from tests.promises.people import People
from workstreams.models import Consult


class Advice:
    """Every method is one move of somebody who asks, answers or leaves."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.dice = people.dice
        self.weights: dict[Callable[[], bool], float] = {
            self.ask: 0.6, self.advise: 0.6, self.refuse: 0.2, self.end_advice: 0.3,
        }  # fmt: skip

    def ask(self) -> bool:
        """Another agent, or whoever of a queue comes first."""
        work = self.people.work(Outcome.ACCEPTED)
        if work is None:
            return False
        item_id, by = work
        if self.dice.random() < 0.5:
            service.consult(item_id=item_id, by=by, agent=self.people.agent())
        else:
            service.consult(item_id=item_id, by=by, queue=self.dice.choice(self.people.queues))
        return True

    def advise(self) -> bool:
        """Somebody comes, asked or not."""
        consult = self._running()
        if consult is not None:
            by = consult.agent if consult.agent_id else self.people.agent()
            assert by is not None
            service.accept_consult(consult_id=consult.pk, by=by)
        return consult is not None

    def refuse(self) -> bool:
        """Somebody does not."""
        consult = self._running()
        if consult is not None:
            by = consult.agent if consult.agent_id else self.people.agent()
            assert by is not None
            service.decline_consult(consult_id=consult.pk, by=by)
        return consult is not None

    def end_advice(self) -> bool:
        """Who asked has heard enough."""
        consult = self._running()
        if consult is not None:
            service.end_consult(consult_id=consult.pk, by=consult.asked_by.user)
        return consult is not None

    def _running(self) -> Consult | None:
        rows = Consult.objects.running().select_related("agent__user", "asked_by__user")
        found = list(rows.order_by("-pk")[:10])
        return self.dice.choice(found) if found else None
