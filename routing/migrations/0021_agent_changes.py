"""What tells the router of changed agents, and the alarm should it ever have missed one."""

from django.db import migrations, models

# A router's own batch says so: it knows what it wrote.
IS_FOREIGN = "current_setting('switchyard.own_changes', true) IS DISTINCT FROM 'on'"
# Tables whose rows belong to one agent, with the column that names him.
TABLES = {
    "agents_agent": "id",
    "agents_agentpresence": "agent_id",
    "agents_agentskill": "agent_id",
    "agents_agentcapacityprofile": "agent_id",
    "workstreams_queuemembership": "agent_id",
    "routing_agentload": "agent_id",
    "routing_profileload": "agent_id",
}
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}

FUNCTION = """
CREATE FUNCTION routing_note_changed_{column}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO routing_agentchange (agent_id) SELECT DISTINCT {column} FROM changed;
    RETURN NULL;
END $$
"""
# One statement tells of all the rows it changed.
TRIGGER = """
CREATE TRIGGER routing_note_{event} AFTER {event} ON {table}
REFERENCING {rows} TABLE AS changed
FOR EACH STATEMENT WHEN ({is_foreign}) EXECUTE FUNCTION routing_note_changed_{column}()
"""
OF_PROFILE = """
CREATE FUNCTION routing_note_holders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO routing_agentchange (agent_id)
    SELECT agent_id FROM agents_agentcapacityprofile WHERE profile_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER routing_note_update
AFTER UPDATE OF work_item_limit, blocks_assignment ON agents_capacityprofile
FOR EACH ROW EXECUTE FUNCTION routing_note_holders()
"""
OF_PERSON = """
CREATE FUNCTION routing_note_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO routing_agentchange (agent_id) SELECT id FROM agents_agent WHERE user_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER routing_note_update
AFTER UPDATE OF username, first_name, last_name, role ON agents_user
FOR EACH ROW
WHEN (
    (OLD.username, OLD.first_name, OLD.last_name, OLD.role)
    IS DISTINCT FROM (NEW.username, NEW.first_name, NEW.last_name, NEW.role)
)
EXECUTE FUNCTION routing_note_person()
"""
OTHERS = {"agents_capacityprofile": "holders", "agents_user": "person"}
HOT = "ALTER TABLE routing_agentchange SET (autovacuum_vacuum_scale_factor = 0.01)"


def _functions() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            FUNCTION.format(column=column), f"DROP FUNCTION routing_note_changed_{column}()"
        )
        for column in ("id", "agent_id")
    ]


def _triggers() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            TRIGGER.format(
                event=event, table=table, rows=rows, column=column, is_foreign=IS_FOREIGN
            ),
            f"DROP TRIGGER routing_note_{event} ON {table}",
        )
        for table, column in TABLES.items()
        for event, rows in EVENTS.items()
    ]


def _others() -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL(
            sql,
            f"DROP TRIGGER routing_note_update ON {table}; DROP FUNCTION routing_note_{name}()",
        )
        for sql, (table, name) in zip((OF_PROFILE, OF_PERSON), OTHERS.items(), strict=True)
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0007_rating_value_names"),
        ("routing", "0020_review_before_publishing"),
        ("workstreams", "0027_review_before_publishing"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgentChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agent_id", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(HOT, migrations.RunSQL.noop),
        *_functions(),
        *_triggers(),
        *_others(),
        migrations.AlterField(
            model_name="alarm",
            name="kind",
            field=models.CharField(
                choices=[
                    ("routing_failed", "Rules failed"),
                    ("cycle_failed", "Assigning failed"),
                    ("candidates_drifted", "Agents misread"),
                ],
                max_length=20,
            ),
        ),
    ]
