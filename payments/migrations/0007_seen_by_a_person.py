from django.db import migrations, models

from core.online_schema import BuildIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("payments", "0006_review_index")]
    operations = [
        migrations.AlterField(
            model_name="providerevent",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("applied", "Applied"),
                    ("stale", "Nothing new"),
                    ("review", "Needs a person"),
                    ("seen", "Seen by a person"),
                ],
                max_length=8,
            ),
        ),
        BuildIndex(
            model_name="providerevent",
            index=models.Index(
                condition=models.Q(("outcome", "review")),
                fields=["received_at"],
                name="provider_event_review",
            ),
        ),
    ]
