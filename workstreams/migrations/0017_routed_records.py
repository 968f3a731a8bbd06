"""Records that have a work item were routed."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef


def mark(apps: Any, schema_editor: Any) -> None:
    items = apps.get_model("workstreams", "WorkItem").objects.filter(record=OuterRef("pk"))
    records = apps.get_model("workstreams", "Record").objects.filter(Exists(items))
    records.update(routing="routed")


class Migration(migrations.Migration):
    dependencies = [("workstreams", "0016_record_routing")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
