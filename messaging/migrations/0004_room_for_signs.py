"""Columns of words are as wide as what their signs may need. Wider only: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0003_open_questions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="brief",
            name="destination",
            field=models.CharField(blank=True, max_length=480, verbose_name="where"),
        ),
        migrations.AlterField(
            model_name="brief",
            name="package",
            field=models.CharField(blank=True, max_length=240, verbose_name="package"),
        ),
        migrations.AlterField(
            model_name="brief",
            name="unit",
            field=models.CharField(blank=True, max_length=160, verbose_name="unit"),
        ),
        migrations.AlterField(
            model_name="enquiry",
            name="name",
            field=models.CharField(max_length=200, verbose_name="name"),
        ),
    ]
