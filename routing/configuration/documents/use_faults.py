"""What cannot become another because workstreams use it as it is, the document's or not."""

from collections.abc import Iterator, Mapping
from typing import Any

from routing.configuration.documents.landscape import Landscape
from workstreams.terms import BotPurpose

Entry = Mapping[str, Any]
Fault = tuple[str, str]


def faults_of_purpose(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """A bot that talks to customers somewhere, or assists agents there, goes on doing so."""
    present = organisation.present["bot"].get(entry["name"].lower())
    if present is None or present["purpose"] == entry["purpose"]:
        return
    is_assist = entry["purpose"] == BotPurpose.ASSIST
    for workstream in organisation.after("workstream").values():
        wrong = [workstream.get("bot")] if is_assist else workstream.get("assist_bots") or []
        if entry["name"].lower() in {str(name).lower() for name in wrong}:
            sentence = f"The workstream {workstream['name']} uses this bot as it is."
            yield "purpose", f"{sentence} Remove it there first."
            return


def faults_of_session_type(entry: Entry, organisation: Landscape) -> Iterator[Fault]:
    """A template is for sessions of one type for ever."""
    present = organisation.present["session_template"].get(entry["name"].lower())
    if present is not None and present["type"] != entry["type"]:
        yield "type", "The type of a session template never changes."
