"""Columns of words are as wide as what their signs may need. Wider only: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_image_focus"),
    ]

    operations = [
        migrations.AlterField(
            model_name="image",
            name="alt",
            field=models.CharField(blank=True, max_length=2000),
        ),
    ]
