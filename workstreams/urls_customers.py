"""Addresses of contacts, accounts and records."""

from django.urls import path

from workstreams.views import customer
from workstreams.views.customers import AccountPages, ContactPages, RecordPages

customer_urls = [
    *ContactPages.urls("contacts/"),
    path("contacts/<int:contact_id>/", customer.contact_detail, name="contact-detail"),
    *AccountPages.urls("accounts/"),
    path("accounts/<int:account_id>/", customer.account_detail, name="account-detail"),
    *RecordPages.urls("records/"),
    path("records/<int:record_id>/", customer.record_detail, name="record-detail"),
]
