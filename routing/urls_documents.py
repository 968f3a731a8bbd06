"""Addresses of the configuration document: out of here, and in."""

from django.urls import path

from routing.views.documents.check import document_check, document_discard, document_import
from routing.views.documents.exports import document_export, workstream_export
from routing.views.documents.page import document_page

# configuration/document/
OWN = "configuration/document/<uuid:document_id>/"

document_urls = [
    path("configuration/document/", document_page, name="document-page"),
    path("configuration/document/export/", document_export, name="document-export"),
    path(OWN, document_check, name="document-check"),
    path(f"{OWN}import/", document_import, name="document-import"),
    path(f"{OWN}discard/", document_discard, name="document-discard"),
    # workstreams/
    path("workstreams/<int:workstream_id>/export/", workstream_export, name="workstream-export"),
]
