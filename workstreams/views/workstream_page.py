"""The page of a workstream: its channel, rules and work distribution."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agents.models import CapacityProfile
from agents.permissions import may_configure, reader_required
from agents.terms import CapacityFormat, ResetFrequency
from config.clock import shown_now
from config.request import AppRequest
from routing.queries.in_force import is_in_force
from routing.queries.rule_lines import own_intake_rules, rule_card
from routing.terms import RulesetKind
from workstreams.actions.check_workstream import closes_after_inactivity
from workstreams.auto_close import channel_of, minutes_in_words, times_in_words
from workstreams.forms.channel_instance import noun_for
from workstreams.models import Workstream
from workstreams.queries.auto_close_times import auto_close_times
from workstreams.queries.set_up import is_ready, set_up_steps
from workstreams.queries.workstream_list import workstream_list
from workstreams.templatetags.amounts import wrap_up_in_words
from workstreams.terms import AutoCloseChannel, Channel, ItemState, WorkstreamType
from workstreams.views.workstream_parts import ADVANCED, UNDER_THE_CHANNEL, shown_parts

END_OF_DAY = ResetFrequency.END_OF_DAY


@require_GET
@reader_required
def workstream_detail(request: AppRequest, workstream_id: int) -> HttpResponse:
    """A fixed number of queries, however many rules and instances there are."""
    workstream = get_object_or_404(
        workstream_list().select_related("notification_template"), pk=workstream_id
    )
    can_write = may_configure(request.user)
    is_record = workstream.type == WorkstreamType.RECORD
    profiles = _profiles(workstream)
    instances = list(workstream.channel_instances.select_related("operating_hours"))
    intake_rules = own_intake_rules(workstream) if is_record else []
    cards = {
        "classification": rule_card(
            RulesetKind.CLASSIFICATION, workstream, request.session, now=shown_now()
        ),
        "route_to_queue": rule_card(
            RulesetKind.ROUTE_TO_QUEUE, workstream, request.session, now=shown_now()
        ),
    }
    is_published = is_in_force(workstream.pk)
    steps = set_up_steps(
        workstream,
        instances=instances,
        intake_rule_count=len(intake_rules),
        rule_count=sum(card.count for card in cards.values()),
        is_in_force=is_published,
    )
    context = {
        "title": workstream.name,
        "workstream": workstream,
        "can_write": can_write,
        "is_published": is_published,
        "instances": instances,
        "instance_noun": noun_for(workstream),
        "is_record": is_record,
        "is_chat": workstream.channel == Channel.LIVE_CHAT,
        "is_voice": workstream.channel == Channel.VOICE,
        "widget_url": request.build_absolute_uri(f"{settings.STATIC_URL}js/widget.js"),
        "intake_rules": intake_rules,
        **cards,
        "profiles": profiles,
        "day_profiles": [each for each in profiles if each.reset_frequency == END_OF_DAY],
        "closes": closes_after_inactivity(workstream),
        "auto_close": _auto_close(workstream),
        "presences": presences_in_words(workstream),
        "under_the_channel": shown_parts(UNDER_THE_CHANNEL, workstream),
        "advanced": shown_parts(ADVANCED, workstream),
        "steps": steps,
        "is_ready": is_ready(steps),
    }
    return render(request, "workstreams/workstream_detail.html", context)


def _profiles(workstream: Workstream) -> list[CapacityProfile]:
    """Those that its work takes one of each; none with units."""
    if workstream.capacity_format == CapacityFormat.UNIT:
        return []
    return list(workstream.capacity_profiles.all())


def _auto_close(workstream: Workstream) -> str:
    """When its conversations close by themselves; nothing for records."""
    channel = channel_of(workstream.channel, persistent_chat=workstream.persistent_chat)
    if channel is None:
        return ""
    times = auto_close_times()[channel]
    active, wrap_up = times[ItemState.ACTIVE], times[ItemState.WRAP_UP]
    instead: dict[str, str] = {}
    if channel == AutoCloseChannel.VOICE and active:
        instead[ItemState.ACTIVE] = f"{minutes_in_words(active)} (goes to wrap-up)"
    # The longer one holds.
    own = workstream.wrap_up_seconds or 0
    if wrap_up and own > wrap_up * 60:
        instead[ItemState.WRAP_UP] = wrap_up_in_words(own)
    return times_in_words(times, instead)


def presences_in_words(workstream: Workstream) -> str:
    """The allowed presences by the names people know."""
    field = Workstream._meta.get_field("allowed_presences").base_field
    labels = dict(field.choices or ())
    return ", ".join(str(labels.get(base, base)) for base in workstream.allowed_presences)
