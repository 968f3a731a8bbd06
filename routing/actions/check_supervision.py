"""What supervisors may do with the work of others can be switched off (A 21, B 16.1)."""

from typing import Final

from routing.exceptions import NotForSupervisors
from workstreams.queries.service_configuration import service_configuration
from workstreams.switches import SWITCHES

MONITOR: Final = "supervisors_monitor"
ASSIGN: Final = "supervisors_assign"
TRANSFER: Final = "supervisors_transfer"
FORCE_CLOSE: Final = "supervisors_force_close"
LABELS: Final = {switch.name: switch.label for switch in SWITCHES}


def check_supervision(switch: str) -> None:
    """Refuse what is switched off, whoever asks. NotForSupervisors."""
    if not getattr(service_configuration(), switch):
        raise NotForSupervisors(switch=LABELS[switch])
