"""Which version of a row a form was filled from, and which one is saved by now."""

import json
from typing import Any, Final

from django.db import models
from django.forms import ModelForm
from django.utils.crypto import salted_hmac

from config.crud.noun import ConfigNoun
from config.request import AppRequest

SALT: Final = "config.crud.version"


def version_of(pages: ConfigNoun, form: "ModelForm[Any]", found: models.Model) -> str:
    """The row's own version, else a digest of what the form shows and lets change."""
    if found.pk is None:
        return ""
    if pages.version_field:
        return str(getattr(found, pages.version_field))
    values = {
        name: form.get_initial_for_field(field, name)
        for name, field in form.fields.items()
        if not field.disabled
    }
    return salted_hmac(SALT, json.dumps(values, default=_plain, sort_keys=True)).hexdigest()


def version_now(
    pages: ConfigNoun, request: AppRequest, form: "ModelForm[Any]", found: models.Model
) -> str:
    """The version as it is now; locked, so that it is still the same when this one is saved."""
    rows = pages.model._default_manager.all()
    pages.lock(form)
    if pages.version_field:
        locked = rows.filter(pk=found.pk)
        return str(locked.values_list(pages.version_field, flat=True).first())
    fresh = rows.filter(pk=found.pk).first()
    if fresh is None:
        # Saving says what becomes of a row that is gone.
        return version_of(pages, form, found)
    return version_of(pages, pages.form_for(request)(instance=fresh), fresh)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else str(value)
