"""What stands before every address of the API, known or unknown."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from config.api.errors import problem_of
from config.api.parser import check_text
from config.api.problems import problem

WRONG_METHOD: Final = "This address does not take {method} requests."
View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """Lets requests through to operations, which know themselves who may call them.

    Reads the body first: later readers then share one copy, and its size is refused
    before anything else looks at it.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            _check_address(request, kwargs)
            _ = request.body
            response = view(request, *args, **kwargs)
        except Exception as error:
            return problem_of(request, error)
        return _wrong_method(request, response) if response.status_code == 405 else response

    return guarded


def unknown_address(request: HttpRequest) -> HttpResponse:
    """Where no operation is."""
    raise Http404


def _check_address(request: HttpRequest, path: dict[str, Any]) -> None:
    for name, value in path.items():
        if isinstance(value, str) and "\x00" in value:
            raise Http404(name)
    for name, values in request.GET.lists():
        for value in values:
            check_text(name, value)


def _wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    sentence = WRONG_METHOD.format(method=request.method)
    answer = problem(405, "method-not-allowed", sentence)
    answer["Allow"] = response.get("Allow", "")
    return answer
