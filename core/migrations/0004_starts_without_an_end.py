"""Tries that began and did not end are counted. Old code writes none and counts none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_room_for_signs"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="starts",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
