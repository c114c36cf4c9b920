"""A muted word is as long as the address of a topic. Wider only: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_closed_is_written_down")]
    operations = [
        migrations.AlterField(
            model_name="mute",
            name="word",
            field=models.CharField(blank=True, max_length=240, verbose_name="word"),
        ),
    ]
