"""Who calls, and whether that role may: a bearer token, or the browser's session."""

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from config.models import ApiToken
from config.prepared import Prepared

TOKEN: Final = Prepared(
    lambda digest: (
        ApiToken.objects.select_related("user")
        .filter(digest=digest, user__is_active=True)
        .order_by()
    ),
    words=["digest"],
)
CSRF_SENTENCE: Final = "A browser's session also needs the X-CSRFToken header."


class Token(HttpBearer):
    """``Authorization: Bearer TOKEN``; a wrong token is refused even with a session."""

    def __init__(self, may: str, sentence: str) -> None:
        super().__init__()
        self.may, self.sentence = may, sentence

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = TOKEN.first(digest=ApiToken.digest_of(token))
        if found is None:
            raise AuthenticationError
        request.user = found.user
        return _permitted(found.user, self.may, self.sentence)


class Session(APIKeyCookie):
    """The session cookie of a signed-in browser, with its CSRF token on every change."""

    param_name = "sessionid"

    def __init__(self, may: str, sentence: str) -> None:
        super().__init__()
        self.may, self.sentence = may, sentence

    def __call__(self, request: HttpRequest) -> Any:
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        user = request.user
        if "Authorization" in request.headers or not isinstance(user, get_user_model()):
            return None
        if check_csrf(request) is not None:
            raise PermissionDenied(CSRF_SENTENCE)
        return _permitted(user, self.may, self.sentence)


def callers(may: str, sentence: str) -> list[Any]:
    """Operations for users with the flag ``may``; others read the sentence and get 403."""
    return [Token(may, sentence), Session(may, sentence)]


def _permitted(user: Any, may: str, sentence: str) -> Any:
    if not getattr(user, may):
        raise PermissionDenied(sentence)
    return user


EVERYONE: Final = callers("is_active", "This account is switched off.")
SUPERVISORS: Final = callers(
    "is_supervisor", "Only supervisors and administrators may see or do this."
)
READERS: Final = callers(
    "may_read_configuration", "Only supervisors and administrators may see this."
)
CONFIGURERS: Final = callers(
    "may_configure",
    "Only administrators, and people with the permission to change secure columns, may change"
    " workstreams.",
)
ADMINISTRATORS: Final = callers(
    "is_administrator", "Only administrators may change the configuration."
)
