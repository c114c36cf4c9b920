from django.db import migrations

COUNT = """
UPDATE insights_conversion c SET total = o.total - o.given_back
FROM orders_order o WHERE o.number = c.order_number AND o.given_back > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0002_longer_ref"),
        ("orders", "0004_given_back"),
    ]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
