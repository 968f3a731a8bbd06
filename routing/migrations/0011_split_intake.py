"""The one list of intake rules becomes a list for each record type, in the order it had."""

from typing import Any

from django.db import migrations

INTAKE = "intake"


def split(apps: Any, schema_editor: Any) -> None:
    """A rule goes to the list of its workstream's record type."""
    Ruleset, Rule = apps.get_model("routing", "Ruleset"), apps.get_model("routing", "Rule")
    for whole in Ruleset.objects.filter(kind=INTAKE, record_type=None):
        for rule in Rule.objects.filter(ruleset=whole).order_by("position", "pk"):
            own, _ = Ruleset.objects.get_or_create(
                kind=INTAKE,
                record_type_id=rule.workstream.record_type_id,
                defaults={"name": whole.name, "revision": whole.revision},
            )
            rule.ruleset = own
            rule.then.pop("record_type", None)
            rule.save()
        whole.delete()


def join(apps: Any, schema_editor: Any) -> None:
    """All lists in one again, record type after record type."""
    Ruleset, Rule = apps.get_model("routing", "Ruleset"), apps.get_model("routing", "Rule")
    lists = list(Ruleset.objects.filter(kind=INTAKE).order_by("record_type__name"))
    if not lists:
        return
    first, position = lists[0], 0
    for each in lists:
        for rule in Rule.objects.filter(ruleset=each).order_by("position", "pk"):
            position += 1
            rule.ruleset, rule.position = first, position
            rule.save()
        if each is not first:
            each.delete()
    first.record_type = None
    first.save()


class Migration(migrations.Migration):
    dependencies = [("routing", "0010_intake_by_record_type")]

    operations = [migrations.RunPython(split, join)]
