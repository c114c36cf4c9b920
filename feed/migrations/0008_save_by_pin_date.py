from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feed", "0007_studio_lists")]

    operations = [
        migrations.AddIndex(
            model_name="save",
            index=models.Index(fields=["pin", "-created_at", "-id"], name="save_by_pin_date"),
        ),
    ]
