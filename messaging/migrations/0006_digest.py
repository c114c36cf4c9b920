from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0005_names_of_guests")]
    operations = [
        migrations.AddField(
            model_name="enquiry",
            name="digest",
            field=models.CharField(db_default="", default="", editable=False, max_length=64),
        ),
    ]
