"""What the router remembers of agents is compared with their rows; it must never differ."""

import logging
from datetime import datetime

from routing import configuration
from routing.actions.raise_alarm import raise_alarm
from routing.dispatcher.candidates import Candidates
from routing.terms import AlarmKind

log = logging.getLogger(__name__)


class CandidatesDrifted(Exception):
    """The router remembered agents wrongly."""


def compare_with_rows(*, candidates: Candidates, now: datetime) -> int:
    """Compare the next slice of agents, mend it, tell supervisors; return how many were wrong.

    Always zero: a change that nothing noted is a fault of Switchyard.
    """
    wrong = candidates.compare(configuration.current())
    if wrong:
        log.error("candidates drifted agents=%s", wrong[:20])
        try:
            raise CandidatesDrifted
        except CandidatesDrifted as error:
            raise_alarm(kind=AlarmKind.CANDIDATES_DRIFTED, error=error, now=now)
    return len(wrong)
