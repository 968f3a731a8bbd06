"""Files, which no page takes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_chat_widget
from workstreams.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/accounts/login/", "/chat/shop/", "/chat/shop/message/"])
def test_a_file_is_refused(client, workstream, path):
    make_chat_widget(workstream, "shop")
    file = SimpleUploadedFile("large.bin", b"x" * 100_000)

    response = client.post(path, {"name": "Ann", "text": "Hello", "file": file})

    assert response.status_code == 400
    assert not WorkItem.objects.exists()


def test_a_form_without_files_may_come_in_parts(client, supervisor):
    response = client.post("/accounts/login/", {"login": "sven", "password": "demo"})

    assert response.status_code == 302
