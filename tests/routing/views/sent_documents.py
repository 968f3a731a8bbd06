"""Documents that are uploaded, and what the pages answer."""

import json

from routing import configuration

PAGE = "/configuration/document/"


def document_of(workstream):
    return json.loads(configuration.export_workstream(workstream.pk))


def send(browser, document):
    """Uploads it as pasted text; answers the address of the dry run."""
    text = document if isinstance(document, str) else json.dumps(document)
    response = browser.post(PAGE, {"text": text})
    assert response.status_code == 303, response.content.decode()
    return response["Location"]


def text_of(response):
    return " ".join(response.content.decode().split())


def fingerprint_of(response):
    return response.context["plan"].fingerprint
