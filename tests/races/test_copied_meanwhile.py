"""Who copies a workstream holds what others change before they publish, in their order."""

from datetime import datetime

import pytest

from agents.models import User
from config.refusal import Refusal
from routing.actions.save_model import save_model
from routing.models import LearnedModel, Ruleset
from routing.terms import RulesetKind, RuleType
from tests.factories import make_workstream
from tests.factories.learning import make_model
from tests.races.together import queued_behind
from workstreams.actions.copy_workstream import copy_workstream
from workstreams.actions.tag_quick_replies import tag_quick_replies
from workstreams.models import QuickReply, Workstream

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def help_chat() -> Workstream:
    return make_workstream("Help chat")


def test_a_reply_is_tagged_and_its_workstream_copied_at_once(
    help_chat: Workstream, administrator: User, now: datetime
) -> None:
    reply = QuickReply.objects.create(title="Hello", message="Good day!")
    reply.workstreams.add(help_chat)

    [copy] = queued_behind(
        QuickReply.objects.filter(pk=reply.pk),
        lambda: copy_workstream(workstream=help_chat, by=administrator, now=now),
        then=lambda: tag_quick_replies(
            ids=[reply.pk], tag="greeting", add=True, by=administrator, now=now
        ),
    )

    assert not isinstance(copy, Refusal), copy
    reply.refresh_from_db()
    assert (reply.tags, [*copy.quick_replies.all()]) == (["greeting"], [reply])


def test_a_model_is_saved_and_a_workstream_that_uses_it_copied_at_once(
    help_chat: Workstream, administrator: User, now: datetime
) -> None:
    model = make_model()
    Ruleset.objects.create(
        kind=RulesetKind.CLASSIFICATION,
        workstream=help_chat,
        name="Learned",
        rule_type=RuleType.SKILLS,
        model=model,
        inputs=model.inputs,
    )

    [copy] = queued_behind(
        LearnedModel.objects.filter(pk=model.pk),
        lambda: copy_workstream(workstream=help_chat, by=administrator, now=now),
        then=lambda: save_model(row=model, by=administrator, now=now),
    )

    assert not isinstance(copy, Refusal), copy
    assert copy.rulesets.get().model == model
