"""The pages of message templates."""

import pytest
from django.urls import reverse

from workstreams.models import MessageTemplate

pytestmark = pytest.mark.django_db
NEW = "/message-templates/new/"
FORM = {
    "name": "Reminder",
    "channel": "sms",
    "default_locale": "en",
    "default_text": "Hello {FullName{Customer}}",
    "locale_1": "de",
    "text_1": "Guten Tag",
}


def test_a_template_has_a_text_for_each_language(as_administrator):
    as_administrator.post(NEW, FORM)

    template = MessageTemplate.objects.get()
    assert template.texts == {"en": "Hello {FullName{Customer}}", "de": "Guten Tag"}


def test_a_text_is_taken_away_and_others_stay(as_administrator):
    template = MessageTemplate.objects.create(
        name="Reminder", texts={"en": "Hello", "de": "Guten Tag", "fr": "Bonjour"}
    )
    page = reverse("workstreams:message-template-edit", args=[template.pk])
    form = {**FORM, "locale_1": "", "text_1": "", "locale_2": "fr", "text_2": "Salut"}

    as_administrator.post(page, {**form, "loaded_version": template.revision})

    template.refresh_from_db()
    assert template.texts == {"en": "Hello {FullName{Customer}}", "fr": "Salut"}
    assert template.revision == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text_1": ""}, "Language and text go together."),
        ({"locale_1": "en"}, "This language has a text already."),
        ({"default_text": "Hi {FirstName{Customer}}"}, "Nothing fills {FirstName{Customer}}."),
        ({"text_1": "Hi {nobody}"}, "Nothing fills {nobody}."),
        ({"channel": "live_chat"}, "Select a valid choice."),
        ({"name": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said(as_administrator, changes, sentence):
    response = as_administrator.post(NEW, {**FORM, **changes})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not MessageTemplate.objects.exists()


def test_a_taken_name_is_refused(as_administrator):
    MessageTemplate.objects.create(name="reminder", texts={"en": "Hi"})

    assert as_administrator.post(NEW, FORM).status_code == 422


def test_supervisors_read_only(as_supervisor):
    assert as_supervisor.get("/message-templates/").status_code == 200
    assert as_supervisor.post(NEW, FORM).status_code == 403
