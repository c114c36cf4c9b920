"""Who last gave a pin another place on its board."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_letter_keys"),
        ("feed", "0015_further_pictures"),
    ]

    operations = [
        migrations.AddField(
            model_name="save",
            name="moved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="save",
            name="moved_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.profile",
            ),
        ),
    ]
