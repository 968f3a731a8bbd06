"""Which names of a query or a form a page asks for: nothing else in them can matter to it."""

from collections.abc import Callable, Iterator
from typing import Any, Final, Self

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

# Comes after all middleware of the product: that looks at every name of whatever is sent.
LISTENING: Final = "tests.project.listening.ListeningMiddleware"


class Heard(set[str]):
    """Names that were asked for; every name, once somebody has looked at whatever there is."""

    is_every = False

    def __contains__(self, name: object) -> bool:
        return self.is_every or super().__contains__(name)


class Listening(QueryDict):
    """Hears what it is asked for."""

    heard: Heard

    @classmethod
    def to(cls, given: QueryDict, heard: Heard) -> Self:
        """The same names and values."""
        found = cls(mutable=True)
        for name, values in given.lists():
            found.setlist(name, values)
        found.heard = heard
        return found

    def __getitem__(self, name: str) -> Any:
        self.heard.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.heard.add(str(name))
        return super().__contains__(name)

    def getlist(self, name: str, default: Any = None) -> Any:
        self.heard.add(name)
        return super().getlist(name, default)

    def __iter__(self) -> Iterator[str]:
        self.heard.is_every = True
        return super().__iter__()

    def keys(self) -> Any:
        self.heard.is_every = True
        return super().keys()

    def lists(self) -> Any:
        self.heard.is_every = True
        return super().lists()

    def __copy__(self) -> Any:
        self.heard.is_every = True
        return QueryDict(self.urlencode(), mutable=True)

    def __deepcopy__(self, memo: Any) -> Any:
        return self.__copy__()


class ListeningMiddleware:
    """Listens to what the view of a request asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        request.heard = Heard()
        request.GET = Listening.to(request.GET, request.heard)
        request.POST = Listening.to(request.POST, request.heard)
