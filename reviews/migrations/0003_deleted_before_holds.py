from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart from the one that adds it, so that nobody waits behind the look through all rows."""

    dependencies = [("reviews", "0002_deleted_before")]
    operations = [ValidateConstraint(model_name="review", name="review_deleted_before")]
