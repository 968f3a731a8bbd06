"""Every exception has its problem document; what nobody foresaw is logged and answers 500."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError
from ninja.errors import ValidationError as RequestInvalid

from config.api.problems import INVALID, Invalid, invalid, problem
from config.patience import LATER_SECONDS, TOOK_TOO_LONG, took_too_long
from config.refusal import Refusal, refusal_of

logger = logging.getLogger(__name__)

NOT_FOUND = "There is nothing at this address, or you may not know of it."
NOT_ALLOWED = "Your role does not allow this."
UNKNOWN_CALLER = "Sign in, or send a valid token as 'Authorization: Bearer TOKEN'."
TOO_BIG = "This request is larger than 1 MB."
UNREADABLE = "This request cannot be read."
CONFLICT = "This contradicts what is stored, or what somebody else stored meanwhile."
OUT_OF_RANGE = "A value is too large to be stored."
BUSY = "The database is busy. Send the request again."
BROKEN = "Something went wrong on our side. It is logged."


def problem_of(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to an exception."""
    if isinstance(error, Refusal):
        return _refused(error)
    if isinstance(error, Invalid):
        return invalid(error.errors)
    if isinstance(error, RequestInvalid):
        return invalid([_field_error(fault) for fault in error.errors])
    if isinstance(error, ValidationError):
        return invalid(_form_errors(error))
    if isinstance(error, PermissionDenied):
        return problem(403, "forbidden", str(error) or NOT_ALLOWED)
    if isinstance(error, Http404 | ObjectDoesNotExist):
        return problem(404, "not-found", NOT_FOUND)
    if isinstance(error, HttpError):
        return _http_error(error)
    return _unreadable(error) or _database_error(error) or _broken(request, error)


def _refused(refusal: Refusal) -> HttpResponse:
    details: dict[str, Any] = dict(refusal.details)
    findings = details.pop("findings", None)
    sentence = str(refusal)
    if findings is not None:
        errors = [
            {"field": _part(one, "path"), "message": _part(one, "message")} for one in findings
        ]
        return problem(refusal.status, refusal.slug, sentence, errors=errors)
    if isinstance(details.get("errors"), Mapping):
        errors = [{"field": name, "message": str(one)} for name, one in details["errors"].items()]
        return problem(refusal.status, refusal.slug, sentence, errors=errors)
    if refusal.status == 422:
        field = str(details.pop("field", getattr(refusal, "field", "")))
        errors = [{"field": field, "message": sentence}]
        return problem(422, refusal.slug, sentence, errors=errors)
    more = {"dependencies": details["dependencies"]} if "dependencies" in details else {}
    return problem(refusal.status, refusal.slug, sentence, **more)


def _part(finding: Any, name: str) -> str:
    """A finding is a dictionary or a dataclass."""
    return str(finding.get(name, "") if isinstance(finding, Mapping) else getattr(finding, name))


def _field_error(fault: Mapping[str, Any]) -> dict[str, str]:
    """``("body", "body", "name")`` of ninja is the field ``name`` of the caller."""
    place = [str(part) for part in fault["loc"]]
    source, path = place[0], place[1:]
    if source in ("body", "query") and path and path[0] in ("body", "query"):
        path = path[1:]
    return {"field": ".".join(path) or source, "message": str(fault["msg"])}


def _form_errors(error: ValidationError) -> list[dict[str, str]]:
    if not hasattr(error, "error_dict"):
        return [{"field": "", "message": message} for message in error.messages]
    return [
        {"field": "" if field == "__all__" else field, "message": message}
        for field, messages in error.message_dict.items()
        for message in messages
    ]


def _http_error(error: HttpError) -> HttpResponse:
    if error.status_code == 401:
        response = problem(401, "unauthorized", UNKNOWN_CALLER)
        response["WWW-Authenticate"] = "Bearer"
        return response
    if error.status_code == 400:
        # ninja's word for a body that is no JSON.
        return problem(422, INVALID, str(error), errors=[{"field": "body", "message": str(error)}])
    return problem(error.status_code, "refused", str(error))


def _unreadable(error: Exception) -> HttpResponse | None:
    if isinstance(error, RequestDataTooBig):
        return problem(413, "too-large", TOO_BIG)
    faults = SuspiciousOperation | BadRequest | MultiPartParserError | UnreadablePostError
    if isinstance(error, faults):
        return problem(400, "unreadable", UNREADABLE)
    return None


def _database_error(error: Exception) -> HttpResponse | None:
    """What slipped through the checks and the database refused."""
    if refusal := refusal_of(error):
        logger.warning("api link refused error=%s", error)
        return _refused(refusal)
    if isinstance(error, IntegrityError):
        logger.warning("api conflict error=%s", error)
        return problem(409, "conflict", CONFLICT)
    if isinstance(error, DataError):
        logger.warning("api value refused error=%s", error)
        return invalid([{"field": "", "message": OUT_OF_RANGE}])
    if isinstance(error, OperationalError | InterfaceError):
        logger.warning("api database busy error=%s", error)
        is_slow = took_too_long(error)
        busy = problem(503, "busy", BUSY)
        response = problem(503, "took-too-long", TOOK_TOO_LONG) if is_slow else busy
        response["Retry-After"] = str(LATER_SECONDS if is_slow else 1)
        return response
    return None


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("api error method=%s path=%s", request.method, request.path, exc_info=error)
    return problem(500, "broken", BROKEN)
