from django.db import migrations, models
from django.db.models.functions import Lower

from core.online_schema import BuildIndex


class Migration(migrations.Migration):
    # Built while people ask.
    atomic = False
    dependencies = [("messaging", "0006_digest")]
    operations = [
        BuildIndex(
            model_name="enquiry",
            index=models.Index(fields=["digest"], name="messaging_enquiry_again"),
        ),
        BuildIndex(
            model_name="enquiry",
            index=models.Index(Lower("email"), name="messaging_enquiry_email"),
        ),
    ]
