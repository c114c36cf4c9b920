from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0016_typeface")]
    operations = [ValidateConstraint(model_name="storefront", name="storefront_typeface")]
