"""Addresses for those who operate the product."""

from django.urls import path

from config.health import livez, readyz
from config.metrics import metrics

urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
