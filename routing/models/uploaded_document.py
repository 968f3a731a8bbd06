"""A configuration document between its upload and its import."""

import uuid

from django.db import models
from django.urls import reverse

from agents.models import User


class UploadedDocument(models.Model):
    """What somebody wants to import: looked at, mapped, then imported or thrown away.

    Nobody but ``by`` sees it. ``mapping`` is ``{kind: {name in the document: name here}}``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="uploaded_documents")
    name = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    mapping = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name or "Pasted document"

    def get_absolute_url(self) -> str:
        """The dry run."""
        return reverse("routing:document-check", args=[self.pk])
