from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_look_redone")]
    operations = [ValidateConstraint(model_name="product", name="product_published_has_a_category")]
