from django.db import migrations

GUARD = """
CREATE FUNCTION accounts_keep_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An account that is deleted leaves its decisions behind without a name; all else stays.
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> 'actor_id' IS NULL
        AND (to_jsonb(NEW) - 'actor_id') = (to_jsonb(OLD) - 'actor_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what operators decided is append only' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER accounts_append_only BEFORE UPDATE OR DELETE ON accounts_profiledecision
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_decisions();
CREATE TRIGGER accounts_append_only BEFORE UPDATE OR DELETE ON django_admin_log
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_decisions();
"""

UNDO = """
DROP TRIGGER accounts_append_only ON django_admin_log;
DROP TRIGGER accounts_append_only ON accounts_profiledecision;
DROP FUNCTION accounts_keep_decisions();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_letter_keys_by_the_database"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [migrations.RunSQL(GUARD, UNDO)]
