"""The page of a workstream: its channel, rules and work distribution."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agents.permissions import may_configure, reader_required
from config.request import AppRequest
from routing.queries.rule_lines import rule_card
from routing.terms import RulesetKind
from workstreams.actions.check_workstream import closes_after_inactivity
from workstreams.forms.channel_instance import noun_for
from workstreams.models import Workstream
from workstreams.queries.workstream_list import workstream_list
from workstreams.terms import Channel, WorkstreamType
from workstreams.views.workstream_parts import ADVANCED, UNDER_THE_CHANNEL, shown_parts


@require_GET
@reader_required
def workstream_detail(request: AppRequest, workstream_id: int) -> HttpResponse:
    """A fixed number of queries, however many rules and instances there are."""
    workstream = get_object_or_404(
        workstream_list().select_related("notification_template"), pk=workstream_id
    )
    can_write = may_configure(request.user)
    is_record = workstream.type == WorkstreamType.RECORD
    context = {
        "title": workstream.name,
        "workstream": workstream,
        "can_write": can_write,
        "instances": list(workstream.channel_instances.select_related("operating_hours")),
        "instance_noun": noun_for(workstream),
        "is_record": is_record,
        "is_chat": workstream.channel == Channel.LIVE_CHAT,
        "is_voice": workstream.channel == Channel.VOICE,
        "widget_url": request.build_absolute_uri(f"{settings.STATIC_URL}js/widget.js"),
        "intake_rules": list(workstream.intake_rules.all()) if is_record else [],
        "classification": rule_card(RulesetKind.CLASSIFICATION, workstream),
        "route_to_queue": rule_card(RulesetKind.ROUTE_TO_QUEUE, workstream),
        "closes": closes_after_inactivity(workstream),
        "presences": presences_in_words(workstream),
        "under_the_channel": shown_parts(UNDER_THE_CHANNEL, workstream),
        "advanced": shown_parts(ADVANCED, workstream),
        "queue_has_members": workstream.fallback_queue.memberships.exists(),
    }
    return render(request, "workstreams/workstream_detail.html", context)


def presences_in_words(workstream: Workstream) -> str:
    """The allowed presences by the names people know."""
    field = Workstream._meta.get_field("allowed_presences").base_field
    labels = dict(field.choices or ())
    return ", ".join(str(labels.get(base, base)) for base in workstream.allowed_presences)
