"""The database itself keeps the books: every transaction balances, and nothing is rewritten."""

from django.db import migrations

GUARD = """
CREATE FUNCTION payments_check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    off record;
BEGIN
    SELECT currency, sum(amount) AS amount INTO off
    FROM payments_ledgerentry WHERE transaction_id = NEW.transaction_id
    GROUP BY currency HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger transaction % is off by % %',
            NEW.transaction_id, off.amount, off.currency USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER payments_balanced AFTER INSERT ON payments_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_check_balance();

CREATE FUNCTION payments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books are append only' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER payments_append_only BEFORE UPDATE OR DELETE ON payments_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();
CREATE TRIGGER payments_append_only BEFORE UPDATE OR DELETE ON payments_ledgertransaction
    FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();
"""

UNDO = """
DROP TRIGGER payments_append_only ON payments_ledgertransaction;
DROP TRIGGER payments_append_only ON payments_ledgerentry;
DROP TRIGGER payments_balanced ON payments_ledgerentry;
DROP FUNCTION payments_refuse_change();
DROP FUNCTION payments_check_balance();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
