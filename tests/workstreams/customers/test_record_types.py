"""Sorts of records: added, switched, removed."""

import pytest
from django.test import Client

from routing import configuration
from tests.factories import make_record
from workstreams.models import RecordType

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_administrator(administrator) -> Client:
    browser = Client()
    browser.force_login(administrator)
    return browser


def test_a_type_is_added_and_published(as_administrator):
    typed = {"label": "Contract", "name": "contract", "is_routed": "on"}

    answer = as_administrator.post("/record-types/new/", typed)

    assert answer.status_code == 303
    known = configuration.current().compiled.record_types["contract"]
    assert (known.label, known.is_routed, known.routes_on_creation) == ("Contract", True, False)


def test_its_key_stays(as_administrator):
    contract = RecordType.objects.create(name="contract", label="Contract")
    typed = {"label": "Deal", "name": "deal", "loaded_version": 1}

    as_administrator.post(f"/record-types/{contract.pk}/edit/", typed)

    contract.refresh_from_db()
    assert (contract.label, contract.name, contract.is_routed) == ("Deal", "contract", False)


def test_a_key_stands_once(as_administrator):
    answer = as_administrator.post("/record-types/new/", {"label": "Case", "name": "CASE"})

    assert answer.status_code == 422
    assert RecordType.objects.filter(name__iexact="case").count() == 1


def test_one_that_records_are_of_is_not_deleted(as_administrator):
    contract = RecordType.objects.create(name="contract", label="Contract")
    record = make_record(record_type="contract")
    address = f"/record-types/{contract.pk}/delete/"

    assert "Records: 1" in as_administrator.get(address).content.decode()
    assert as_administrator.post(address).status_code in (409, 422)
    record.delete()
    assert as_administrator.post(address).status_code == 303
    assert not RecordType.objects.filter(name="contract").exists()


def test_a_built_in_one_stays(as_administrator):
    case = RecordType.objects.get(name="case")

    as_administrator.post(f"/record-types/{case.pk}/delete/")

    assert RecordType.objects.filter(name="case").exists()


def test_supervisors_read_and_change_nothing(as_supervisor):
    assert as_supervisor.get("/record-types/").status_code == 200
    assert as_supervisor.post("/record-types/new/").status_code == 403
