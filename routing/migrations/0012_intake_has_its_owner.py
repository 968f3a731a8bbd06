"""Intake rules belong to a record type, which has one list of them."""

from django.db import migrations, models

import routing.terms


class Migration(migrations.Migration):
    dependencies = [("routing", "0011_split_intake")]

    operations = [
        migrations.AddConstraint(
            model_name='ruleset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', routing.terms.RulesetKind['INTAKE']), ('record_type__isnull', False), ('workstream__isnull', True)), models.Q(models.Q(('kind', routing.terms.RulesetKind['INTAKE']), _negated=True), ('record_type__isnull', True), ('workstream__isnull', False)), _connector='OR'), name='routing_ruleset_owner_paired'),
        ),
        migrations.AddConstraint(
            model_name='ruleset',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', routing.terms.RulesetKind['INTAKE'])), fields=('record_type',), name='routing_ruleset_one_intake'),
        ),
    ]
