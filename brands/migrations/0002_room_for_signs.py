"""Columns of words are as wide as what their signs may need. Wider only: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("brands", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="papers",
            name="declared_name",
            field=models.CharField(blank=True, max_length=480, verbose_name="in the name of"),
        ),
    ]
