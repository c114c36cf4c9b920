from django.db import migrations

FILL = """
UPDATE search_document d SET facets = d.facets || jsonb_build_object('owner', d.public_id)
WHERE d.kind IN ('brand', 'person')
"""


class Migration(migrations.Migration):
    """What was indexed before says whose it is, so that a block hides it."""

    dependencies = [("accounts", "0002_block_and_mute"), ("search", "0001_initial")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
