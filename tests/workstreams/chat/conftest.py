"""A chat widget, and a visitor of it."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from agents.models import Agent
from tests.factories import make_chat_widget
from workstreams.models import ChannelInstance, WorkItem, Workstream


@pytest.fixture
def widget(workstream: Workstream, agent: Agent) -> ChannelInstance:
    """The chat widget ``/chat/shop/``, allowed on one other site; somebody serves its queue."""
    return make_chat_widget(
        workstream, "shop", name="Shop chat", allowed_origins=["https://shop.example"]
    )


class VisitorClient:
    """A browser without cookies, as in another site's frame: it carries its token in forms."""

    def __init__(self, slug: str) -> None:
        self.http = Client(enforce_csrf_checks=True)
        self.address = f"/chat/{slug}/"
        self.token = ""

    def get(self, path: str = "", **query: Any) -> Any:
        self.http.cookies.clear()
        return self.http.get(f"{self.address}{path}", {"v": self.token, **query})

    def post(self, path: str = "", data: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        self.http.cookies.clear()
        fields = {"v": self.token, "client_key": uuid4(), **(data or {})}
        return self.http.post(f"{self.address}{path}", fields, **kwargs)

    def open_page(self, **query: Any) -> str:
        html: str = self.http.get(self.address, query).content.decode()
        found = re.search(r'name="v" value="([^"]+)"', html)
        self.token = found[1] if found else ""
        return html

    def start(self, text: str = "Hello", **fields: Any) -> WorkItem:
        self.open_page()
        self.post(data={"name": "Ann", "text": text, **fields})
        return WorkItem.objects.latest("pk")


@pytest.fixture
def visitor(widget: ChannelInstance) -> VisitorClient:
    """Somebody on the web."""
    return VisitorClient(widget.slug)


@pytest.fixture
def second_visitor(widget: ChannelInstance) -> VisitorClient:
    """Somebody else."""
    return VisitorClient(widget.slug)


def text_of(response: Any) -> str:
    return str(response.content.decode())
