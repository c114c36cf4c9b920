"""A pin can stand for a service, as it can for a product: whoever saves the service saves the pin."""

import django.db.models.deletion
from django.db import migrations, models

from core.online_schema import BuildIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("catalog", "0012_service_version"), ("feed", "0021_follow_a_board")]

    operations = [
        migrations.AddField(
            model_name="pin",
            name="stands_for_service",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalog.service",
            ),
        ),
        BuildIndex(
            model_name="pin",
            index=models.Index(
                fields=["stands_for_service"],
                condition=models.Q(stands_for_service__isnull=False),
                name="pin_stands_for_service",
            ),
        ),
    ]
