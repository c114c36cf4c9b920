from django.db import migrations

# As 0012 makes the column by now; whoever ran it before has no default in the database yet.
DEFAULT = "ALTER TABLE accounts_user ALTER COLUMN letter_keys SET DEFAULT true"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_letter_keys")]
    operations = [migrations.RunSQL(DEFAULT, migrations.RunSQL.noop)]
