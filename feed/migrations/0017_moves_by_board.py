"""The index of what was moved last, built beside those who save meanwhile."""

from django.db import migrations, models

from core.online_schema import BuildIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feed", "0016_who_moved_a_pin")]

    operations = [
        BuildIndex(
            model_name="save",
            index=models.Index(
                fields=["board", "-moved_at"],
                condition=models.Q(moved_at__isnull=False),
                name="save_by_board_moved",
            ),
        ),
    ]
