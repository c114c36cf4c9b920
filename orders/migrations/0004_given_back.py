from django.db import migrations, models

# What the shares of payments said before orders kept it.
COUNT = """
UPDATE orders_order o SET given_back = least(s.back, o.total)
FROM (SELECT reference, sum(voided + refunded) AS back FROM payments_paymentshare
      GROUP BY reference) s
WHERE s.reference = o.number AND s.back > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0003_room_for_signs"),
        ("payments", "0005_books_of_sellers"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="given_back",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("given_back__gte", 0), ("given_back__lte", models.F("total"))),
                name="order_given_back",
            ),
        ),
    ]
