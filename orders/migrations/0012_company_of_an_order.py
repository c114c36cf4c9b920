"""The company that an order was bought for stands on it. Empty: no row is rewritten."""

from django.db import migrations, models

import core.text


class Migration(migrations.Migration):
    dependencies = [("orders", "0011_indexes_of_bought_for")]
    operations = [
        migrations.AddField(
            "order",
            "buyer_company",
            models.CharField(blank=True, db_default="", default="", max_length=core.text.room(200)),
        ),
    ]
