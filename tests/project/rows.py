"""A row of every kind, for whoever looks at every address."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from agents.models import (
    Agent,
    OperatingHours,
    OperatingPeriod,
    Presence,
    RatingModel,
    SkillType,
    User,
)
from routing import configuration
from routing.models import (
    Alarm,
    Blocker,
    ModelVersion,
    RecordBatch,
    RoutingDecision,
    Rule,
    Ruleset,
    ScheduledPublication,
    UploadedDocument,
)
from routing.terms import AlarmKind, BlockerCause, RulesetKind
from tests.factories import (
    make_agent,
    make_attribute,
    make_chat_widget,
    make_intake,
    make_item,
    make_method,
    make_notification_template,
    make_profile,
    make_session_template,
    make_skill,
    make_workstream,
)
from tests.factories.bots import make_assist_bot, make_bot
from tests.factories.learning import make_model, make_record
from workstreams.models import (
    Account,
    AutomatedMessage,
    Consult,
    Contact,
    ContextVariable,
    IdentificationRule,
    InboxView,
    Message,
    MessageTemplate,
    QuickReply,
    Record,
    RecordType,
    Suggestion,
    SurveyQuestion,
    Workstream,
)
from workstreams.terms import Author

Values = dict[str, Any]


def one_of_every_kind(
    workstream: Workstream, agent: Agent, administrator: User, now: datetime, slug: str = "shop"
) -> Values:
    """One row of every kind, by the names that addresses have for their numbers; the widget of the
    workstream gets the slug."""
    intake = make_intake("Intake")
    Rule.objects.create(
        ruleset=intake, name="All", workstream=make_workstream("Cases", type="record")
    )
    rules = Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION, workstream=workstream, name="Rules"
    )
    Rule.objects.create(ruleset=rules, name="Any", then={"set": {"attributes.vip": True}})
    configuration.publish(by=None, now=now)
    item = make_item(workstream, is_pushed=False)
    widget = make_chat_widget(workstream, slug)
    numbers = {
        "agent_id": agent,
        "workstream_id": workstream,
        "queue_id": workstream.fallback_queue,
        "channel_instance_id": widget,
        "skill_id": make_skill("Spanish"),
        "skill_type_id": SkillType.objects.all()[0],
        "rating_model_id": RatingModel.objects.all()[0],
        "agent_attribute_id": make_attribute("Site"),
        "capacity_profile_id": make_profile("Kept chats"),
        "presence_id": Presence.objects.all()[0],
        "operating_hours_id": OperatingHours.objects.create(name="Office"),
        "item_id": item,
        "alarm_id": Alarm.objects.create(kind=AlarmKind.ROUTING_FAILED, at=now),
        "blocker_id": Blocker.objects.create(
            queue=workstream.fallback_queue,
            cause=BlockerCause.NO_MEMBERS,
            number_of_items=1,
            first_item_id=item.pk,
            oldest_since=now,
            noted_at=now,
        ),
        "work_item_id": item,
        "decision_id": RoutingDecision.objects.create(
            work_item_id=item.pk, stage="routing", version=1, at=now, document={}
        ),
        "context_variable_id": ContextVariable.objects.create(workstream=workstream, name="a"),
        "survey_question_id": SurveyQuestion.objects.create(
            channel_instance=widget, name="topic", text="What is it about?"
        ),
        "identification_rule_id": IdentificationRule.objects.all()[0],
        "contact_id": Contact.objects.create(name="Ada Lovelace"),
        "quick_reply_id": QuickReply.objects.create(title="Hi", message="Hi"),
        "inbox_view_id": InboxView.objects.create(name="Mine", owner=agent),
        "shared_inbox_view_id": InboxView.objects.create(name="All"),
        "personal_reply_id": QuickReply.objects.create(title="Hi", message="Hi", owner=agent),
        "message_template_id": MessageTemplate.objects.create(name="Hi", texts={"en": "Hi"}),
        "notification_template_id": make_notification_template("Calm"),
        "session_template_id": make_session_template("Calm"),
        "template_id": make_notification_template("Quick"),
        "account_id": Account.objects.create(name="Contoso"),
        "record_id": Record.objects.create(
            record_type=RecordType.objects.get(name="case"), title="Late parcel"
        ),
    }
    numbers["publication_id"] = ScheduledPublication.objects.create(
        at=now, due_at=now + timedelta(days=1), base=1
    )
    numbers["opening_id"] = OperatingPeriod.objects.create(
        hours_id=numbers["operating_hours_id"].pk, weekday=0, start=time(9), end=time(17)
    )
    said = Message.objects.create(item=item, author=Author.CUSTOMER, text="Hi", created_at=now)
    numbers["reply_id"] = numbers["quick_reply_id"]
    numbers["message_id"] = AutomatedMessage.objects.create(
        trigger="agent_joined", channel="live_chat", text="Hello"
    )
    numbers["bot_id"] = make_bot("Helper")
    numbers["suggestion_id"] = Suggestion.objects.create(
        item=item, bot=make_assist_bot(), message=said, position=0, title="Hi", created_at=now
    )
    numbers["consult_id"] = Consult.objects.create(
        item=item, asked_by=agent, agent=make_agent("eva"), asked_at=now, deadline_at=now
    )
    numbers["record_type_id"] = RecordType.objects.get(name="case")
    numbers["batch_id"] = RecordBatch.objects.create(by=administrator, created_at=now, total=1)
    numbers["document_id"] = UploadedDocument.objects.create(
        by=administrator, text='{"format": 2}', uploaded_at=now
    )
    numbers["assignment_method_id"] = make_method("Ours")
    model = make_model(name="Topics")
    numbers["model_id"] = model
    numbers["training_record_id"] = make_record(model)
    numbers["model_version_id"] = ModelVersion.objects.create(
        model=model, number=1, state="failed", queued_at=now, ended_at=now
    )
    words = {
        "slug": slug,
        "kind": "classification",
        "record_type": "case",
        "lookup": "contact",
        "row": "c-1",
        "username": agent.username,
        "channel": "live_chat",
        "trigger": "agent_joined",
        "key": uuid4(),
        "part": "rules-1",
    }
    one = dict.fromkeys(("ruleset", "number", "row_id", "pk"), 1)
    return {**{name: row.pk for name, row in numbers.items()}, **words, **one}
