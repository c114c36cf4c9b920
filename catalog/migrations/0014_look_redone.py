from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0013_unfinished_drafts")]
    operations = [
        migrations.AddField(
            model_name="storefrontversion",
            name="undone",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
