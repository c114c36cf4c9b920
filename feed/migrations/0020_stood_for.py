"""A pin that stood for a product keeps its saves: several may name the same one."""

import django.db.models.deletion
from django.db import migrations, models

from core.online_schema import BuildIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("catalog", "0012_service_version"), ("feed", "0019_audiences_are_known")]

    operations = [
        BuildIndex(
            model_name="pin",
            index=models.Index(
                fields=["stands_for"],
                condition=models.Q(stands_for__isnull=False),
                name="pin_stands_for",
            ),
        ),
        # What AlterField would do besides, it does with a scan of all pins: the key and its foreign
        # key stay as they are.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE feed_pin DROP CONSTRAINT feed_pin_stands_for_id_key",
                    "ALTER TABLE feed_pin ADD CONSTRAINT feed_pin_stands_for_id_key"
                    " UNIQUE (stands_for_id)",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="pin",
                    name="stands_for",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.product",
                    ),
                ),
            ],
        ),
    ]
