from django.db import migrations

# A column that is new has no statistics until many rows have changed, and every wall filters by this
# one: taken for rare, it made a wall of two million pins take two seconds.
COUNT = "ANALYZE feed_pin"


class Migration(migrations.Migration):
    dependencies = [("feed", "0013_pin_versions")]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
