"""What an agent may type into the reply instead of using a button (B 15.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from agents.forms.agent_choice import TO_AGENT, TO_QUEUE
from routing.queries.desk_item import ItemOnDesk


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command: its words, and the button's address that it opens.

    What stands behind the word is sent as ``search_name``. ``chooses`` is what the dialog
    begins with; nothing where it opens the list of quick replies.
    """

    words: Sequence[str]
    label: str
    view: str
    search_name: str
    chooses: str = ""

    @property
    def is_dialog(self) -> bool:
        return bool(self.chooses)


COMMANDS: Final = (
    Command(words=("q", "1"), label="Quick replies", view="desk-replies", search_name="q"),
    Command(
        words=("c", "4"),
        label="Consult an agent",
        view="desk-consult",
        search_name="find",
        chooses=TO_AGENT,
    ),
    Command(
        words=("cq",),
        label="Consult a queue",
        view="desk-consult",
        search_name="named",
        chooses=TO_QUEUE,
    ),
    Command(
        words=("t", "2"),
        label="Transfer to an agent",
        view="desk-transfer",
        search_name="find",
        chooses=TO_AGENT,
    ),
    Command(
        words=("tq", "3", "taq"),
        label="Transfer to a queue",
        view="desk-transfer",
        search_name="named",
        chooses=TO_QUEUE,
    ),
)


@dataclass(frozen=True, kw_only=True)
class OfferedCommand:
    """A command for one work item; what may not be done here is known, and not sent either."""

    command: Command
    url: str
    target: str
    is_allowed: bool


def commands_for(found: ItemOnDesk) -> list[OfferedCommand]:
    """Every command; advice and transfer are for the one who has the work item."""
    return [
        OfferedCommand(
            command=each,
            url=_url(each, found.item.pk),
            target="#dialog-content" if each.is_dialog else f"#replies-{found.item.pk}",
            is_allowed=found.may_end or not each.is_dialog,
        )
        for each in COMMANDS
    ]


def _url(command: Command, item_id: int) -> str:
    url = reverse(f"agents:{command.view}", args=[item_id])
    return f"{url}?{urlencode({'to': command.chooses})}" if command.is_dialog else url
