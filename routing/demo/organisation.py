"""The whole demo organisation, all or nothing."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from routing import service
from routing.demo.abilities import create_abilities
from routing.demo.bots import create_bots
from routing.demo.context import create_context
from routing.demo.customers import create_contacts
from routing.demo.history import HISTORY, make_history
from routing.demo.methods import create_attributes, create_method
from routing.demo.past_work import make_past_work
from routing.demo.people import create_agents, create_chiefs, give_passwords
from routing.demo.queues import create_queues
from routing.demo.records import create_preferences
from routing.demo.replies import create_replies
from routing.demo.rules import save_rules
from routing.demo.survey import create_survey
from routing.demo.workstreams import create_workstreams
from routing.exceptions import DatabaseNotEmpty
from routing.models import DemoTraffic
from workstreams.actions.save_service_configuration import save_service_configuration
from workstreams.models import Contact, Workstream


def is_empty() -> bool:
    """Whether nobody has put anything into the database yet."""
    return not any(rows.objects.exists() for rows in (User, Workstream, Contact))


@transaction.atomic
def create_organisation(*, now: datetime, has_history: bool = True) -> None:
    """Create people, queues, workstreams, rules and some history; refuses a database in use."""
    if not is_empty():
        raise DatabaseNotEmpty

    before = now - HISTORY
    by = create_chiefs(now=before)
    create_abilities(by=by, now=before)
    create_attributes(by=by, now=before)
    create_method(by=by, now=before)
    members = create_agents(by=by, now=before)
    queues = create_queues(members=members, by=by, now=before)
    save_service_configuration(routes_records=True, by=by, now=before)
    workstreams = create_workstreams(queues=queues, by=by, now=before)
    create_bots(queues=queues, by=by, now=before)
    save_rules(workstreams=workstreams, by=by, now=before)
    create_context(workstreams=workstreams, by=by, now=before)
    create_survey(by=by, now=before)
    create_replies(workstreams=workstreams, by=by, now=before)
    create_contacts()
    create_preferences(now=before)
    give_passwords()
    service.publish(by=by, note="Demo organisation", now=before)
    DemoTraffic.objects.create(pk=1, changed_at=before)

    if has_history:
        make_past_work(now=before)
        make_history(now=now)
