"""A POST sent twice with one key has one effect, and the same answer both times."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from pydantic_core import from_json, to_json

from config.api.errors import problem_of
from config.api.problems import MEDIA_TYPE, Invalid
from config.clock import shown_now
from config.models import IdempotentAnswer
from config.refusal import Refusal

KEY_HEADER: Final = "Idempotency-Key"
KEPT_FOR: Final = timedelta(hours=24)
KEY_LENGTH: Final = 200


class IdempotencyKeyReused(Refusal):
    """This idempotency key was used for another request. Take a new key for each request."""

    status = 422
    field = KEY_HEADER


def once(request: HttpRequest, key: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do it and keep the answer, in one transaction; or repeat the answer kept before.

    1. Insert the key: a second request with it waits here on the unique index.
    2. Act in a savepoint, so that a refusal undoes its effects and is kept too.
    3. Keep the answer. A failure of ours keeps nothing, so that a retry can succeed.
    """
    if not 1 <= len(key) <= KEY_LENGTH or not key.isprintable():
        raise Invalid(KEY_HEADER, f"A key has 1 to {KEY_LENGTH} printable characters.")
    digest = _digest(request)

    with transaction.atomic():
        kept, is_new = _claim(request, key, digest)
        if not is_new:
            return _repeat(kept, digest)

        response = _act(request, act)
        if response.status_code >= 500:
            transaction.set_rollback(True)
            return response

        kept.response_code = response.status_code
        kept.answer = from_json(response.content) if response.content else None
        kept.save(update_fields=["response_code", "answer"])
        return response


def _digest(request: HttpRequest) -> str:
    start = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(start + request.body).hexdigest()


def _claim(request: HttpRequest, key: str, digest: str) -> tuple[IdempotentAnswer, bool]:
    user: Any = request.user
    try:
        with transaction.atomic():
            row = IdempotentAnswer.objects.create(user=user, key=key, request_digest=digest)
            return row, True
    except IntegrityError:
        kept = IdempotentAnswer.objects.select_for_update().get(user=user, key=key)
    if kept.created_at > shown_now() - KEPT_FOR:
        return kept, False
    kept.request_digest, kept.created_at = digest, shown_now()
    kept.save(update_fields=["request_digest", "created_at"])
    return kept, True


def _repeat(kept: IdempotentAnswer, digest: str) -> HttpResponse:
    if kept.request_digest != digest:
        raise IdempotencyKeyReused
    status = kept.response_code or 200
    content = b"" if kept.answer is None else to_json(kept.answer)
    media_type = MEDIA_TYPE if status >= 400 else "application/json"
    response = HttpResponse(content, status=status, content_type=media_type)
    response["Idempotent-Replay"] = "true"
    return response


def _act(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        with transaction.atomic():
            return act()
    except Exception as error:
        return problem_of(request, error)
