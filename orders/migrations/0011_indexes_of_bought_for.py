from django.db import migrations, models
from django.db.models import Q

from core.online_schema import BuildIndex


class Migration(migrations.Migration):
    """Few purchases are for a company; the indexes hold only those."""

    atomic = False
    dependencies = [("orders", "0010_look_through_bought_for")]
    operations = [
        BuildIndex(
            model_name="checkout",
            index=models.Index(
                fields=["organization"],
                condition=Q(organization__isnull=False),
                name="checkout_of_organization",
            ),
        ),
        BuildIndex(
            model_name="purchase",
            index=models.Index(
                fields=["organization", "-id"],
                condition=Q(organization__isnull=False),
                name="purchase_of_organization",
            ),
        ),
    ]
