from django.db import migrations

# As 0010 makes the column by now; whoever ran it before has no default in the database yet.
DEFAULT = "ALTER TABLE feed_save ALTER COLUMN note SET DEFAULT ''"


class Migration(migrations.Migration):
    dependencies = [("feed", "0017_moves_by_board")]
    operations = [migrations.RunSQL(DEFAULT, migrations.RunSQL.noop)]
