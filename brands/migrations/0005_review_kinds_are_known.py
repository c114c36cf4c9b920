from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("brands", "0004_documents")]
    operations = [ValidateConstraint(model_name="review", name="brands_review_kind")]
