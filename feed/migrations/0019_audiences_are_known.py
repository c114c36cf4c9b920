from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("feed", "0018_notes_by_the_database")]
    operations = [ValidateConstraint(model_name="pin", name="pin_audience_known")]
