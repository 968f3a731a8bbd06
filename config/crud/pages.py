"""The four pages of a configuration noun and their addresses."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from config.crud.deleting import delete_page
from config.crud.listing import listing
from config.crud.noun import ConfigNoun, Guard
from config.crud.saving import form_page
from config.pages import page_or_fragment
from config.request import AppRequest


class ConfigPages(ConfigNoun):
    """List, create, edit and delete pages; subclass with attributes.

    `app` and `noun` name them: `workstreams:queue-list`, `-create`, `-edit`, `-delete`; with
    `has_detail` the list links to your own `-detail`.
    """

    @classmethod
    def urls(cls, prefix: str) -> list[URLPattern]:
        """The addresses under `prefix` ("queues/"), named by the noun."""
        pages, one = cls(), f"{prefix}<int:{cls.id_name()}>/"
        read, write = cls.may_read, cls.may_write
        edit = cls.may_edit or write
        return [
            path(prefix, _view(pages.list_page, read, "GET"), name=f"{cls.noun}-list"),
            path(f"{prefix}new/", _view(pages.create_page, write), name=f"{cls.noun}-create"),
            path(f"{one}edit/", _view(pages.edit_page, edit), name=f"{cls.noun}-edit"),
            path(f"{one}delete/", _view(pages.delete_page, write), name=f"{cls.noun}-delete"),
        ]

    def list_page(self, request: AppRequest) -> HttpResponse:
        """Search, sorting and page are in the address."""
        shown = listing(
            self.queryset(request),
            request.GET,
            columns=self.columns,
            search_fields=self.search_fields,
            page_size=self.page_size,
        )
        context = {
            "pages": self,
            "title": self.title,
            "listing": shown,
            "rows": [self.row(found) for found in shown.page],
            "can_write": self.can_write(request),
            "create_url": self.url("create"),
            "fragment_url": request.get_full_path(),
        }
        return page_or_fragment(request, self.list_template, "crud/_list.html", context)

    def create_page(self, request: AppRequest) -> HttpResponse:
        """The form of a new object."""
        return form_page(self, request, self.new(request))

    def edit_page(self, request: AppRequest, **ids: int) -> HttpResponse:
        """The form of an object."""
        return form_page(self, request, self.find(request, ids))

    def delete_page(self, request: AppRequest, **ids: int) -> HttpResponse:
        """The question before an object is deleted."""
        return delete_page(self, request, self.find(request, ids))

    def row(self, found: models.Model) -> dict[str, Any]:
        """One object of the list, with its cells and addresses."""
        return {
            "object": found,
            "cells": [{"column": each, "value": each.cell(found)} for each in self.columns],
            "detail_url": self.url("detail", found) if self.has_detail else "",
            "edit_url": self.url("edit", found),
            "delete_url": self.url("delete", found),
        }


def _view(page: Callable[..., HttpResponse], guard: Guard, *methods: str) -> Callable[..., Any]:
    def view(request: AppRequest, **ids: int) -> HttpResponse:
        return page(request, **ids)

    allowed: Callable[..., Any] = require_http_methods(list(methods) or ["GET", "POST"])(view)
    guarded: Callable[..., Any] = guard(allowed)
    return guarded
