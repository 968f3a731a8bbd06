"""What the published rules still say by name, and scheduled ones will, whatever the draft says."""

from typing import Final

from django.urls import reverse

from routing import configuration
from routing.configuration.documents.variable_readers import readers_in
from workstreams.models import AssignmentMethod, ChannelInstance, ContextVariable
from workstreams.queries.dependencies import INSTANCE, Dependency, compares

USERNAME: Final = "agent.username"
KINDS: Final = {"workstream": "rule", "assignment_method": "assignment_method"}


def published_rules_of_instance(instance: ChannelInstance) -> list[Dependency]:
    """Rules of its workstream, and methods, that compare with its name; three queries."""
    page = reverse("workstreams:workstream-detail", args=[instance.workstream_id])
    return [
        Dependency(kind=KINDS[kind], name=f"{name} ({when})", url=page)
        for when, (kind, _), document in configuration.rules_of_work(instance.workstream_id)
        for name, said in configuration.rules_in(kind, document)
        if compares(said, INSTANCE, instance.name)
    ]


def published_rules_of_variable(variable: ContextVariable) -> list[Dependency]:
    """Rules of its workstream, and methods that read no other one's; at most four queries."""
    others = ContextVariable.objects.filter(name=variable.name).exclude(pk=variable.pk)
    page = reverse("workstreams:workstream-detail", args=[variable.workstream_id])
    return [
        Dependency(kind=KINDS[kind], name=f"{name} ({when})", url=page)
        for when, (kind, _), document in configuration.rules_of_work(variable.workstream_id)
        if kind == "workstream" or not others.exists()
        for name, _ in readers_in(kind, document, variable.name)
    ]


def rules_saying_username(username: str) -> list[str]:
    """Assignment methods that compare agents with it, as they are edited, published and scheduled;
    four queries."""
    methods = AssignmentMethod.objects.order_by("name")
    drafted = [each.name for each in methods if compares(each.document(), USERNAME, username)]
    later = [
        f"{document['name']} ({when})"
        for when, (kind, _), document in configuration.rules_of_work()
        if kind == "assignment_method" and compares(document, USERNAME, username)
    ]
    return drafted or later
