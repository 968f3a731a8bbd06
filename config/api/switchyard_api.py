"""The API object that the apps' operations are added to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from config.api.answers import answered
from config.api.auth import EVERYONE
from config.api.docs import PlainDocs
from config.api.door import door, unknown_address
from config.api.errors import problem_of
from config.api.parser import StrictParser

DESCRIPTION = """\
Everything the pages can do. Send `Authorization: Bearer TOKEN`; a role may do here what it may do
on the pages. Errors are `application/problem+json`. Lists take `page_size` (1 to 200) and `cursor`
and answer `{items, next}`. A POST with an `Idempotency-Key` can be repeated for 24 hours."""


class SwitchyardAPI(NinjaAPI):
    """ninja with our problems, our answers, and a door before every address."""

    def __init__(self) -> None:
        super().__init__(
            title="Switchyard",
            version="1",
            description=DESCRIPTION,
            urls_namespace="api",
            auth=EVERYONE,
            docs=PlainDocs(),
            parser=StrictParser(),
        )
        self.add_decorator(answered)
        self._schema: OpenAPISchema | None = None

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        return problem_of(request, exc)

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Built once: operations do not change while the process runs, and it takes a second."""
        if self._schema is None:
            self._schema = super().get_openapi_schema(**kwargs)
        return self._schema

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Names of functions are unique over all operations; a test says so."""
        return str(operation.view_func.__name__)

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = [*super()._get_urls(), re_path("", unknown_address)]
        for pattern in patterns:
            assert isinstance(pattern, URLPattern)
            pattern.callback = door(pattern.callback)
        return patterns
