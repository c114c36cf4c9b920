from django.db import migrations

# As for feed_pin: what is taken for rare is planned for as if it were.
COUNT = "ANALYZE search_document"


class Migration(migrations.Migration):
    dependencies = [("search", "0003_shown_from")]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
