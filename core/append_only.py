"""Tables that are written once: no row is changed, and none goes before what it tells of.

    operations = [keep_rows(table="orders_orderevent", parent="orders_order", column="order_id")]

The database refuses it, whoever asks. What its parent takes along when it is deleted may go: that
is looked at when the transaction ends, so a cascade works in either order.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

_GUARD = """
CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM {parent} WHERE id = OLD.{column}) THEN
            RETURN NULL;
        END IF;
    ELSIF {blanked} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{table} is append only' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_stays();
CREATE CONSTRAINT TRIGGER append_only_rows AFTER DELETE ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {table}_stays();
"""
_BLANKED = """to_jsonb(NEW) ->> '{name}' IS NULL
        AND (to_jsonb(NEW) - '{name}') = (to_jsonb(OLD) - '{name}')"""
_UNDO = """
DROP TRIGGER append_only_rows ON {table};
DROP TRIGGER append_only ON {table};
DROP FUNCTION {table}_stays();
"""


def keep_rows(*, table: str, parent: str, column: str, may_forget: str = "") -> RunSQL:
    """Guard `table`, whose rows tell of a row of `parent`, named by `column`.

    `may_forget` is a column that may become null, as a foreign key does whose row is deleted.
    """
    blanked = _BLANKED.format(name=may_forget) if may_forget else "false"
    guard = _GUARD.format(table=table, parent=parent, column=column, blanked=blanked)
    return RunSQL(guard, _UNDO.format(table=table))
