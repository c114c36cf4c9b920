from django.db import migrations, models
from django.db.models.functions import Lower

from core.online_schema import BuildIndex


class Migration(migrations.Migration):
    """Apart from the table of customers, so that a build that is broken off can be begun again."""

    atomic = False
    dependencies = [("orders", "0006_add_up_customers")]
    operations = [
        BuildIndex(
            model_name="order",
            index=models.Index(fields=["seller", "-total", "-id"], name="order_largest_of_seller"),
        ),
        BuildIndex(
            model_name="purchase",
            index=models.Index(Lower("email"), name="purchase_of_address"),
        ),
    ]
