from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart from the one that adds it, so that nobody waits behind the look through all rows."""

    dependencies = [("orders", "0009_bought_for")]
    operations = [ValidateConstraint(model_name="purchase", name="purchase_bought_for")]
