"""Delete a model that no ruleset names."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from routing import configuration
from routing.models import LearnedModel
from routing.queries.model_page import rulesets_naming
from workstreams.exceptions import InUse


@transaction.atomic
def delete_model(*, model: LearnedModel, by: User, now: datetime) -> None:
    """Its records and versions go with it. Refuses with InUse, naming the rulesets."""
    locked = LearnedModel.objects.select_for_update().filter(pk=model.pk).first()
    if locked is None:
        return

    if rulesets := rulesets_naming(locked):
        raise InUse(
            dependencies=[
                {"kind": "ruleset", "name": each.name, "url": each.url} for each in rulesets
            ]
        )

    locked.published = None
    locked.save(update_fields=["published"])
    locked.delete()

    configuration.edited(by=by, now=now)
