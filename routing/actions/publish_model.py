"""Publish a version of a model; an older one once more is the way back."""

from datetime import datetime

from django.db import transaction

from agents.models import User
from routing.exceptions import NotTrained
from routing.models import LearnedModel, ModelVersion
from routing.terms import TrainingState


@transaction.atomic
def publish_model(*, version: ModelVersion, by: User, now: datetime) -> LearnedModel:
    """From the next arrival on, rulesets use this version. Refuses NotTrained."""
    model = LearnedModel.objects.select_for_update(no_key=True).get(pk=version.model_id)
    locked = ModelVersion.objects.select_for_update().get(pk=version.pk)

    if locked.state != TrainingState.TRAINED:
        raise NotTrained

    locked.published_at, locked.published_by = now, by.username
    locked.save(update_fields=["published_at", "published_by"])
    model.published = locked
    model.revision += 1
    model.save(update_fields=["published", "revision"])
    return model
