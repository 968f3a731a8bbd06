"""Keep a configuration document until it is imported or thrown away."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from agents.models import User
from routing.models import UploadedDocument

KEPT_FOR: Final = timedelta(days=1)


@transaction.atomic
def upload_document(*, text: str, name: str, by: User, now: datetime) -> UploadedDocument:
    """Keep it for its owner; those that everybody has forgotten go."""
    UploadedDocument.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    return UploadedDocument.objects.create(by=by, name=name[:200], text=text, uploaded_at=now)
