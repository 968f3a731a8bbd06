"""What the published rules still say by name, and scheduled ones will, whatever the draft says."""

from routing import configuration
from workstreams.models import ChannelInstance
from workstreams.queries.dependencies import INSTANCE, Dependency, compares


def published_rules_of_instance(instance: ChannelInstance) -> list[Dependency]:
    """Rules of its workstream, and methods, that compare with its name; three queries."""
    return [
        Dependency(kind=f"{when}_rule", name=f"{name} ({when})", url="")
        for when, (kind, _), document in configuration.rules_of_work(instance.workstream_id)
        for name, said in configuration.rules_in(kind, document)
        if compares(said, INSTANCE, instance.name)
    ]
