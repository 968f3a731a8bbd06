"""Which templates a workstream cannot have."""

from workstreams.actions.refusals import InvalidSettings
from workstreams.models import NotificationTemplate, SessionTemplate, Workstream
from workstreams.queries.built_in_templates import TEMPLATE_FIELDS
from workstreams.terms import SessionType

ONLY_GENERIC = "Only generic sessions can be chosen for a workstream."
GONE = "This template was deleted meanwhile. Choose another."


def check_chosen_templates(workstream: Workstream) -> None:
    """Raise InvalidSettings for an entity session, and for templates that are gone; those
    that are there are locked until the workstream is saved. 2 queries at most."""
    chosen = {field: getattr(workstream, f"{field}_id") for field in TEMPLATE_FIELDS.values()}
    wanted = {pk for pk in chosen.values() if pk}
    rows = NotificationTemplate.objects.select_for_update(no_key=True).filter(pk__in=wanted)
    present = set(rows.order_by("pk").values_list("pk", flat=True))
    errors = {field: GONE for field, pk in chosen.items() if pk and pk not in present}
    session_id = workstream.session_template_id
    if session_id:
        sessions = SessionTemplate.objects.select_for_update(no_key=True).filter(pk=session_id)
        session = sessions.first()
        if session is None:
            errors["session_template"] = GONE
        elif session.type != SessionType.GENERIC:
            errors["session_template"] = ONLY_GENERIC
    if errors:
        raise InvalidSettings(errors)
