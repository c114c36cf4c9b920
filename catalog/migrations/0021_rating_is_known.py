from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0020_rating")]
    operations = [ValidateConstraint(model_name="product", name="product_rating")]
