from django.db import migrations

FILL = """
UPDATE search_document d SET facets = d.facets || jsonb_build_object('owner', author.public_id)
FROM feed_pin pin JOIN accounts_profile author ON author.id = pin.author_id
WHERE d.kind = 'pin' AND d.public_id = pin.public_id
"""


class Migration(migrations.Migration):
    """What was indexed before says whose it is, so that a block hides it."""

    dependencies = [("feed", "0001_initial"), ("search", "0001_initial")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
