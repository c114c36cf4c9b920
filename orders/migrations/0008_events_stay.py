from django.db import migrations

from core.append_only import keep_rows


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_indexes_of_customers")]
    operations = [
        keep_rows(
            table="orders_orderevent",
            parent="orders_order",
            column="order_id",
            may_forget="actor_user_id",
        )
    ]
