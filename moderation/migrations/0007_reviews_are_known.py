from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("moderation", "0006_reviews")]
    operations = [ValidateConstraint(model_name="report", name="moderation_report_kind")]
