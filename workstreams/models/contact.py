"""Customers: people and the organisations they belong to."""

from django.db import models
from django.db.models.functions import Upper


class Account(models.Model):
    """An organisation that customers belong to."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            # Identification by exact name, e-mail or number.
            models.Index(fields=["name"], name="workstreams_account_name"),
            models.Index(Upper("email"), name="workstreams_account_mail"),
            models.Index(fields=["phone"], name="workstreams_account_phone"),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A customer known by name; ``data`` holds further fields for rules."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            # Identification of a customer by e-mail, however it is capitalised.
            models.Index(Upper("email"), name="workstreams_contact_mail"),
            # Identification by exact name or number.
            models.Index(fields=["name"], name="workstreams_contact_name"),
            models.Index(fields=["phone"], name="workstreams_contact_phone"),
        ]

    def __str__(self) -> str:
        return self.name
