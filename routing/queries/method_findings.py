"""What is doubtful about an assignment method as its row stands now."""

from routing import configuration
from routing.configuration.checks.methods import attribute_warnings, method_field_warnings
from routing.engine.coverage.methods import method_warnings
from routing.engine.methods.compile import compile_assignment_method
from routing.queries.finding_lines import FindingLine, finding_lines
from workstreams.models import AssignmentMethod


def method_findings(method: AssignmentMethod) -> list[FindingLine]:
    """In the words of the checks; two queries, and more where it reads context variables
    or attributes of agents."""
    compiled = compile_assignment_method(method.document(), id=method.pk)
    published = configuration.current().compiled
    found = [
        *method_warnings(compiled, published),
        *method_field_warnings(published, only=compiled),
        *attribute_warnings(published, only=compiled),
    ]
    return finding_lines(found)
