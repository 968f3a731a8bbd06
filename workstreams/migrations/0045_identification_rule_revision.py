import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workstreams', '0044_counts_of_the_floor'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='identificationrule',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='identificationrule',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='identificationrule',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='identificationrule',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name='identificationruleevent',
            name='revision',
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identificationrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_identificationruleevent" ("entity", "id", "is_enabled", "keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revision", "workstream_id") VALUES (NEW."entity", NEW."id", NEW."is_enabled", NEW."keys", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."revision", NEW."workstream_id"); RETURN NULL;', hash='139e50047ec6967696572108362e864786ae34ca', operation='INSERT', pgid='pgtrigger_insert_insert_1f7d9', table='workstreams_identificationrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identificationrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "workstreams_identificationruleevent" ("entity", "id", "is_enabled", "keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revision", "workstream_id") VALUES (NEW."entity", NEW."id", NEW."is_enabled", NEW."keys", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."revision", NEW."workstream_id"); RETURN NULL;', hash='ec9030122c64c55496bfc6d383aeabfc8d03bfe7', operation='UPDATE', pgid='pgtrigger_update_update_c8219', table='workstreams_identificationrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identificationrule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "workstreams_identificationruleevent" ("entity", "id", "is_enabled", "keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "revision", "workstream_id") VALUES (OLD."entity", OLD."id", OLD."is_enabled", OLD."keys", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."revision", OLD."workstream_id"); RETURN NULL;', hash='391583a0194f0d529b3ec9c7b498e1f227ba8088', operation='DELETE', pgid='pgtrigger_delete_delete_fe3cd', table='workstreams_identificationrule', when='AFTER')),
        ),
    ]
