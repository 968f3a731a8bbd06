"""Names of presences after refused offers: set on the page, with an entry in the audit trail."""

from django.apps import apps

from workstreams.models import ServiceConfiguration

PAGE = "/service-configuration/"
FORM = {"maximum_declines": 3, "revision": 1}


def test_an_administrator_sets_them_and_supervisors_read_them(
    as_administrator, as_supervisor, administrator
):
    form = {**FORM, "missed_presence_name": " Not answering ", "declined_presence_name": "Said no"}

    assert as_administrator.post(PAGE, form).status_code == 303

    service = ServiceConfiguration.objects.get(pk=1)
    event = apps.get_model("workstreams", "ServiceConfigurationEvent").objects.latest("pgh_id")
    assert (service.missed_presence_name, service.declined_presence_name) == (
        "Not answering",
        "Said no",
    )
    assert event.missed_presence_name == "Not answering"
    assert event.pgh_context.metadata["user"] == administrator.pk
    assert b"Said no" in as_supervisor.get(PAGE).content


def test_a_name_that_is_too_long_stands_at_its_field(as_administrator):
    response = as_administrator.post(PAGE, {**FORM, "missed_presence_name": "x" * 101})

    assert response.status_code == 422
    assert "missed_presence_name" in response.context["form"].errors
