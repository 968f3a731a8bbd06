"""Customers: people and the organisations they belong to."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Upper


class DigitsOf(models.Func):
    """A telephone number without all that people write between its digits."""

    function = "REGEXP_REPLACE"
    arity = 1
    template = "%(function)s(%(expressions)s, '[^0-9+]', '', 'g')"
    output_field = models.CharField()


def words_of(*fields: str) -> SearchVector:
    """What a search by words, or their beginnings, looks at."""
    return SearchVector(*fields, config="simple")


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
            models.Index(DigitsOf("phone"), name="workstreams_account_number"),
            # The list, searched.
            GinIndex(words_of("name", "email"), name="workstreams_account_words"),
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
            models.Index(DigitsOf("phone"), name="workstreams_contact_number"),
            # The list, searched.
            GinIndex(words_of("name", "email"), name="workstreams_contact_words"),
        ]

    def __str__(self) -> str:
        return self.name
