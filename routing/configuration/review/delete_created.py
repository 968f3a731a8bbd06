"""Take away what was created since; what is in use stays, and is said."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from agents.actions.delete_definition import delete_definition
from agents.models import User
from config.refusal import Refusal
from routing.configuration.documents.lock_rows import MODELS
from routing.configuration.documents.schema import FIELDS
from routing.configuration.documents.words import KIND_WORDS
from routing.configuration.piece import Key, Piece
from routing.configuration.scheduled import scheduled_documents
from routing.models import LearnedModel
from routing.queries.uses import uses
from workstreams.actions.delete_bot import delete_bot
from workstreams.actions.delete_channel_instance import delete_channel_instance
from workstreams.actions.delete_message_template import delete_message_template
from workstreams.actions.delete_method import delete_method
from workstreams.actions.delete_queue import delete_queue
from workstreams.actions.delete_quick_reply import delete_quick_reply
from workstreams.actions.delete_template import delete_template
from workstreams.actions.delete_workstream import delete_workstream
from workstreams.models import Workstream

Delete = Callable[[Any, User, datetime], object]
STAYS: Final = "{kind} “{name}” was created since and stays: {why}"
WAITS: Final = "a publication that waits has it. Cancel that first."
IN_USE: Final = "something still refers to it."


def delete_created(
    keys: Collection[Key], here: Mapping[Key, Piece], *, by: User, now: datetime
) -> Iterator[str]:
    """Delete the rows, those that name others first. Sentences of those that stay."""
    rank = {kind: index for index, kind in enumerate(FIELDS)}
    waiting = scheduled_documents()
    for kind, object_id in sorted(keys, key=lambda key: -rank[key[0]]):
        row = MODELS[kind]._default_manager.filter(pk=object_id).first()
        if row is None:
            continue
        is_waiting = (kind, object_id) in waiting
        if why := WAITS if is_waiting else _refused(kind, row, keys, by, now):
            name = here[kind, object_id].name
            yield STAYS.format(kind=KIND_WORDS[kind], name=name, why=why)


def _refused(kind: str, row: Any, keys: Collection[Key], by: User, now: datetime) -> str | None:
    try:
        with transaction.atomic():
            models = _let_go(row, keys) if kind == "workstream" else []
            DELETES.get(kind, _definition)(row, by, now)
            for model in models:
                _model(model, by, now)
    except (ProtectedError, RestrictedError):
        return IN_USE
    except Refusal as refusal:
        return str(refusal)
    return None


def _let_go(workstream: Workstream, keys: Collection[Key]) -> list[LearnedModel]:
    """New models that would learn from everybody without the new workstream: they go with it."""
    new = [object_id for kind, object_id in keys if kind == "learned_model"]
    models = list(workstream.learned_models.filter(pk__in=new))
    workstream.learned_models.remove(*models)
    return [model for model in models if not model.workstreams.exists()]


def _definition(row: Any, by: User, now: datetime) -> None:
    delete_definition(row=row, by=by, now=now, uses=uses)


def _model(row: Any, by: User, now: datetime) -> None:
    """With its versions, the published one too."""
    row.published = None
    row.save(update_fields=["published"])
    row.delete()


DELETES: Final[dict[str, Delete]] = {
    "workstream": lambda row, by, now: delete_workstream(workstream=row, by=by, now=now),
    "assignment_method": lambda row, by, now: delete_method(method=row, by=by, now=now),
    "learned_model": _model,
    "queue": lambda row, by, now: delete_queue(queue=row, by=by, now=now),
    "bot": lambda row, by, now: delete_bot(bot=row, by=by, now=now),
    "session_template": lambda row, by, now: delete_template(template=row, by=by, now=now),
    "notification_template": lambda row, by, now: delete_template(template=row, by=by, now=now),
    "channel_instance": lambda row, by, now: delete_channel_instance(instance=row, by=by, now=now),
    "message_template": lambda row, by, now: delete_message_template(template=row, by=by, now=now),
    "quick_reply": lambda row, by, now: delete_quick_reply(reply=row, by=by, now=now),
    "automated_message": lambda row, by, now: row.delete(),
    "record_type": lambda row, by, now: row.delete(),
}
