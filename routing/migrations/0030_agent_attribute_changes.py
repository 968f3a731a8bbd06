"""A changed attribute reaches the router like a changed skill."""

from django.db import migrations, models

# As of the other tables (0021).
IS_FOREIGN = "current_setting('switchyard.own_changes', true) IS DISTINCT FROM 'on'"
TABLE = "agents_agentattributevalue"
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}
TRIGGER = """
CREATE TRIGGER routing_note_{event} AFTER {event} ON {table}
REFERENCING {rows} TABLE AS changed
FOR EACH STATEMENT WHEN ({is_foreign}) EXECUTE FUNCTION routing_note_changed_agent_id()
"""


def _triggers() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            TRIGGER.format(event=event, table=TABLE, rows=rows, is_foreign=IS_FOREIGN),
            f"DROP TRIGGER routing_note_{event} ON {TABLE}",
        )
        for event, rows in EVENTS.items()
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0013_agent_attributes"),
        ("routing", "0029_days_that_end"),
    ]

    operations = [
        *_triggers(),
        migrations.AlterField(
            model_name="wakeup",
            name="kind",
            field=models.CharField(
                choices=[
                    ("arrival", "A work item arrived"),
                    ("presence", "A presence changed"),
                    ("capacity", "Capacity changed"),
                    ("skills", "Skills changed"),
                    ("attributes", "Attributes changed"),
                    ("members", "Queue members changed"),
                    ("configuration", "The configuration changed"),
                    ("shift", "A shift began"),
                ],
                max_length=13,
            ),
        ),
    ]
