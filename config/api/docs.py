"""The human documentation: one plain page made from the OpenAPI document."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One line of the documentation."""

    method: str
    path: str
    summary: str
    description: str
    body: str
    parameters: list[str]
    answers: list[str]


class PlainDocs(DocsBase):
    """Needs no script: pages here run none that is not ours."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema: dict[str, Any] = api.get_openapi_schema()
        groups: dict[str, list[Operation]] = {}
        for tag, operation in _operations(schema):
            groups.setdefault(tag, []).append(operation)
        context = {
            "title": "API",
            "groups": groups,
            "openapi_url": self.get_openapi_url(api, kwargs),
            "schemas": _schemas(schema),
        }
        return render(request, "api/docs.html", context)


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in schema["paths"].items():
        for method, entry in methods.items():
            operation = Operation(
                method=method.upper(),
                path=path,
                summary=entry.get("summary", ""),
                description=entry.get("description", ""),
                body=_type_of(_content(entry.get("requestBody", {}))),
                parameters=[one["name"] for one in entry.get("parameters", [])],
                answers=[_answer(code, one) for code, one in entry.get("responses", {}).items()],
            )
            yield (entry.get("tags") or ["other"])[0], operation


def _answer(code: Any, answer: dict[str, Any]) -> str:
    return f"{code} {_type_of(_content(answer))}".strip()


def _content(part: dict[str, Any]) -> dict[str, Any]:
    for content in part.get("content", {}).values():
        schema: dict[str, Any] = content.get("schema", {})
        return schema
    return {}


def _schemas(schema: dict[str, Any]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Each named shape with its fields: name, type, and whether it has to be there."""
    return [
        (
            name,
            [
                (field, _type_of(shape), field in one.get("required", []))
                for field, shape in one.get("properties", {}).items()
            ],
        )
        for name, one in sorted(schema.get("components", {}).get("schemas", {}).items())
        if one.get("properties")
    ]


def _type_of(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(_type_of(one) for one in schema[several])
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_type_of(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "")
