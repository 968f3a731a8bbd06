"""What the triggers of the audit trail ask for each row, without a subtransaction a row.

django-pgtrigger and pghistory ask for settings that mostly are not there, and catch the error. So
each row undid subtransactions, and each of those goes through all foreign key checks that the
transaction has deferred so far: many rows in one transaction took ever longer a row. Whatever
migration makes a trigger installs such a function again, so they are replaced after migrating.
"""

from typing import Any, Final

from django.db import connections, transaction

FIND: Final = """
    SELECT proname FROM pg_proc
    WHERE proname = ANY(%s) AND pronamespace = 'public'::regnamespace AND prosrc ~ 'EXCEPTION'
"""
PLAIN: Final = {
    "_pgtrigger_should_ignore": """
        CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)
        RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
            RETURN COALESCE(
                trigger_name
                = ANY(NULLIF(current_setting('pgtrigger.ignore', true), '')::text[]), false
            );
        END $$
    """,
    "_pgh_attach_context": """
        CREATE OR REPLACE FUNCTION public._pgh_attach_context()
        RETURNS uuid LANGUAGE plpgsql AS $$
        DECLARE
            known uuid := NULLIF(current_setting('pghistory.context_id', true), '');
            said jsonb := NULLIF(current_setting('pghistory.context_metadata', true), '');
        BEGIN
            IF known IS NULL OR said IS NULL THEN
                RETURN NULL;
            END IF;
            INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
            VALUES (known, said, now(), now())
            ON CONFLICT (id) DO UPDATE
            SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at
            WHERE pghistory_context.metadata != EXCLUDED.metadata;
            RETURN known;
        END $$
    """,
}


def install_plain_functions(*, using: str, **_: Any) -> None:
    """Replace those that catch errors; nothing where they are plain already, or not there yet."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(FIND, [list(PLAIN)])
        for (name,) in cursor.fetchall():
            cursor.execute(PLAIN[name])
