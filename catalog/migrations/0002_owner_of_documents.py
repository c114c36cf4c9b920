from django.db import migrations

FILL = """
UPDATE search_document d SET facets = d.facets || jsonb_build_object('owner', seller.public_id)
FROM catalog_product product JOIN accounts_profile seller ON seller.id = product.seller_id
WHERE d.kind = 'product' AND d.public_id = product.public_id
"""


class Migration(migrations.Migration):
    """What was indexed before says whose it is, so that a block hides it."""

    dependencies = [("catalog", "0001_initial"), ("search", "0001_initial")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
