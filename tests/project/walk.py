"""Every address of the product, taken from the resolver."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

# Addresses that are regular expressions, with a path that they match.
SAMPLES: Final = {
    "openid_connect_login": "accounts/oidc/nobody/login/",
    "openid_connect_callback": "accounts/oidc/nobody/login/callback/",
}
PARAMETER: Final = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, kw_only=True)
class Address:
    """One pattern of the resolver."""

    name: str
    route: str

    @property
    def parameters(self) -> list[str]:
        """What has to be filled in."""
        return PARAMETER.findall(self.route)

    @property
    def is_api(self) -> bool:
        """Whether it answers programs: 401 where pages lead to the sign-in page."""
        return self.name.startswith("api:")

    @property
    def is_account(self) -> bool:
        """Whether it belongs to signing in and one's own account: the library's own pages."""
        return self.route.startswith("accounts/")

    def path(self, values: Mapping[str, Any]) -> str:
        """The address with its parameters filled in."""
        return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), self.route)


def every_address() -> list[Address]:
    """All of them, in the resolver's order."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(
    patterns: "list[URLPattern | URLResolver]", prefix: str, spaces: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            route = prefix + str(pattern.pattern)
            yield from _walk(pattern.url_patterns, route, (*spaces, *space))
        else:
            name = ":".join((*spaces, pattern.name or "?"))
            yield Address(name=name, route=SAMPLES.get(name, prefix + str(pattern.pattern)))
