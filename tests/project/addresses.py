"""Every address of the product, taken from the resolver, and who each is for.

An address that stands in no table here is for administrators only: whoever adds one that others
may open says so here, with the reason.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

# Addresses that are regular expressions, with a path that they match.
SAMPLES: Final = {
    "account_confirm_email": "accounts/confirm-email/key/",
    "account_reset_password_from_key": "accounts/password/reset/key/1-key/",
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


# Answered without signing in, each with what a stranger gets from GET and why.
PUBLIC: Final[dict[str, tuple[set[int], str]]] = {
    "livez": ({200}, "an orchestrator asks whether the process lives"),
    "readyz": ({200, 503}, "a load balancer asks whether to send visitors"),
    "metrics": ({200, 403}, "Prometheus reads numbers from the same machine"),
    "api:openapi-json": ({200}, "the contract of the API is public"),
    "api:openapi-view": ({200}, "the contract of the API, to read"),
    "api:api-root": ({404}, "there is nothing at the root"),
    "api:answer_as_bot": ({405}, "bots sign what they send; POST alone"),
    "api:?": ({404}, "whatever is no operation"),
    "workstreams:chat": ({200}, "customers have no account"),
    "workstreams:chat-hours": ({200}, "web sites ask whether to show their chat"),
    "workstreams:chat-message": ({405}, "customers write; needs the visitor's token"),
    "workstreams:chat-messages": ({204}, "nothing without the visitor's token"),
    "workstreams:chat-state": ({204}, "nothing without the visitor's token"),
    "workstreams:chat-visit": ({405}, "the page tells that it is there; needs the token"),
    "workstreams:chat-end": ({405}, "customers leave; needs the visitor's token"),
    "workstreams:chat-ticket": ({403}, "not without the visitor's token"),
}
# For everybody who has signed in.
EVERYBODY: Final = {
    "home": "leads each role to its first page",
    "live-ticket": "decides by topic",
    "workstreams:text-preview": "shows what was typed, with made-up values",
    "routing:work-item-explanation": "agents may ask about what they have or could have",
}
# For those with an enabled agent of their own, whatever their role.
AGENTS: Final = {
    "agents:presence-control",
    "agents:presence-set",
    "agents:presence-reset",
    "agents:presence-window",
    "agents:desk",
    "agents:desk-offers",
    "agents:desk-my-items",
    "agents:desk-open-items",
    "agents:desk-closed-items",
    "agents:desk-item",
    "agents:desk-messages",
    "agents:desk-side",
    "agents:desk-tab",
    "agents:desk-suggestions",
    "agents:desk-suggestion",
    "agents:desk-reply",
    "agents:desk-accept",
    "agents:desk-decline",
    "agents:desk-pick",
    "agents:desk-end",
    "agents:desk-close",
    "agents:desk-reopen",
    "agents:desk-rest",
    "agents:desk-release",
    "agents:desk-transfer",
    "agents:desk-consult",
    "agents:desk-consults",
    "agents:consult-accept",
    "agents:consult-decline",
    "agents:consult-add",
    "agents:consult-end",
    "agents:consult-hand-over",
    "agents:consult-note",
    "agents:desk-customer",
    "agents:desk-skills",
    "agents:desk-replies",
    "agents:desk-profile",
    "agents:personal-reply-list",
    "agents:personal-reply-create",
    "agents:personal-reply-edit",
    "agents:personal-reply-delete",
}
# For supervisors too: they read the configuration and steer the floor.
SUPERVISORS: Final = {
    "agents:agent-list",
    "agents:agent-names",
    "agents:item-skills",
    "agents:agent-detail",
    "agents:agent-presence-set",
    "agents:agent-presence-reset",
    "agents:skill-list",
    "agents:skill-detail",
    "agents:capacity-profile-detail",
    "agents:skill-type-list",
    "agents:rating-model-list",
    "agents:capacity-profile-list",
    "agents:presence-list",
    "agents:operating-hours-list",
    "agents:operating-hours-detail",
    "workstreams:workstream-list",
    "workstreams:try",
    "workstreams:workstream-detail",
    "workstreams:bot-list",
    "workstreams:bot-detail",
    "workstreams:service-configuration",
    "workstreams:auto-close",
    "workstreams:workstream-test-item",
    "workstreams:queue-list",
    "workstreams:queue-detail",
    "workstreams:context-variable-uses",
    "workstreams:survey",
    "workstreams:identification",
    "workstreams:contact-list",
    "workstreams:contact-create",
    "workstreams:contact-detail",
    "workstreams:contact-edit",
    "workstreams:contact-delete",
    "workstreams:preferred-agent-add",
    "workstreams:preferred-agent-remove",
    "workstreams:preferred-agent-move",
    "workstreams:account-list",
    "workstreams:account-create",
    "workstreams:account-detail",
    "workstreams:account-edit",
    "workstreams:account-delete",
    "workstreams:record-list",
    "workstreams:record-create",
    "workstreams:record-detail",
    "workstreams:record-edit",
    "workstreams:record-delete",
    "workstreams:record-route",
    "workstreams:record-end",
    "workstreams:record-reactivate",
    "workstreams:record-assign",
    "workstreams:records-route",
    "workstreams:record-batch",
    "workstreams:record-type-list",
    "workstreams:notification-template-list",
    "workstreams:session-template-list",
    "workstreams:automated-message-list",
    "workstreams:instance-message-list",
    "workstreams:quick-reply-list",
    "workstreams:quick-reply-create",
    "workstreams:quick-reply-edit",
    "workstreams:quick-reply-delete",
    "workstreams:quick-reply-tags",
    "workstreams:message-template-list",
    "routing:floor",
    "routing:floor-tiles",
    "routing:floor-queues",
    "routing:floor-agents",
    "routing:floor-items",
    "routing:floor-alarms",
    "routing:alarm-acknowledge",
    "routing:floor-blockers",
    "routing:blocker-acknowledge",
    "routing:floor-demo-traffic",
    "routing:work-item-list",
    "routing:decision",
    "routing:work-item-assign",
    "routing:work-item-transfer",
    "routing:work-item-close",
    "routing:work-item-candidates",
    "routing:work-item-monitor",
    "routing:work-item-join",
    "routing:intake",
    "routing:intake-list",
    "routing:ruleset-edit",
    "routing:assignment-method-list",
    "routing:assignment-method-detail",
    "routing:model-list",
    "routing:model-detail",
    "routing:training-record-list",
    "routing:version-list",
    "routing:version-detail",
    "routing:version-compare",
    "routing:draft",
    "routing:checks",
    "routing:workstream-checks",
    "routing:document-page",
    "routing:document-export",
    "routing:workstream-export",
}
# What only changes something: GET is refused.
POST_ONLY: Final = {
    "routing:draft-discard",
    "routing:publication-cancel",
    "agents:agent-enable",
    "agents:agent-disable",
    "agents:agent-presence-set",
    "agents:agent-presence-reset",
    "agents:presence-set",
    "agents:presence-reset",
    "agents:presence-window",
    "agents:desk-reply",
    "agents:desk-suggestion",
    "agents:desk-accept",
    "agents:desk-decline",
    "agents:desk-pick",
    "agents:desk-end",
    "agents:desk-close",
    "agents:desk-reopen",
    "agents:desk-rest",
    "agents:desk-release",
    "agents:consult-accept",
    "agents:consult-decline",
    "agents:consult-add",
    "agents:consult-end",
    "agents:consult-hand-over",
    "agents:consult-note",
    "workstreams:bot-switch",
    "workstreams:bot-secret",
    "workstreams:bot-try",
    "workstreams:workstream-bot-remove",
    "workstreams:queue-members-add",
    "workstreams:queue-members-remove",
    "workstreams:chat-message",
    "workstreams:chat-end",
    "workstreams:chat-visit",
    "workstreams:survey-question-move",
    "workstreams:identification-rule-move",
    "workstreams:offer-preview",
    "workstreams:automated-message-switch",
    "workstreams:automated-message-reset",
    "workstreams:instance-message-switch",
    "workstreams:instance-message-reset",
    "workstreams:quick-reply-tags",
    "workstreams:record-route",
    "workstreams:record-end",
    "workstreams:record-reactivate",
    "workstreams:preferred-agent-remove",
    "workstreams:preferred-agent-move",
    "routing:work-item-monitor",
    "routing:work-item-join",
    "routing:document-import",
    "routing:document-discard",
    "routing:floor-demo-traffic",
    "routing:alarm-acknowledge",
    "routing:blocker-acknowledge",
    "routing:intake-rule-copy",
    "routing:intake-rule-delete",
    "routing:intake-rule-move",
    "routing:intake-rule-restore",
    "routing:rule-copy",
    "routing:rule-delete",
    "routing:rule-move",
    "routing:rule-restore",
    "routing:ruleset-move",
    "routing:assignment-method-copy",
    "routing:assignment-method-part-move",
    "routing:assignment-method-part-delete",
    "routing:model-load",
    "routing:model-load-cancel",
    "routing:model-train",
    "routing:model-cancel",
    "routing:model-publish",
    "routing:model-try",
    "routing:training-record-review",
}
