"""Columns of words are as wide as what their signs may need. Wider only: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_provider_log_ins"),
    ]

    operations = [
        migrations.AlterField(
            model_name="address",
            name="city",
            field=models.CharField(max_length=320, verbose_name="town"),
        ),
        migrations.AlterField(
            model_name="address",
            name="company",
            field=models.CharField(blank=True, max_length=480, verbose_name="company"),
        ),
        migrations.AlterField(
            model_name="address",
            name="line1",
            field=models.CharField(max_length=480, verbose_name="street and number"),
        ),
        migrations.AlterField(
            model_name="address",
            name="line2",
            field=models.CharField(blank=True, max_length=480, verbose_name="further line"),
        ),
        migrations.AlterField(
            model_name="address",
            name="name",
            field=models.CharField(max_length=480, verbose_name="full name"),
        ),
        migrations.AlterField(
            model_name="address",
            name="phone",
            field=models.CharField(blank=True, max_length=120, verbose_name="phone"),
        ),
        migrations.AlterField(
            model_name="address",
            name="postcode",
            field=models.CharField(max_length=80, verbose_name="postcode"),
        ),
        migrations.AlterField(
            model_name="apitoken",
            name="name",
            field=models.CharField(max_length=240, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="mute",
            name="word",
            field=models.CharField(blank=True, max_length=160, verbose_name="word"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="city",
            field=models.CharField(blank=True, max_length=320, verbose_name="town"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="line1",
            field=models.CharField(blank=True, max_length=480, verbose_name="street and number"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="line2",
            field=models.CharField(blank=True, max_length=480, verbose_name="further line"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="name",
            field=models.CharField(max_length=800, verbose_name="legal name"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="phone",
            field=models.CharField(blank=True, max_length=120, verbose_name="phone"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="postcode",
            field=models.CharField(blank=True, max_length=80, verbose_name="postcode"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="registration_number",
            field=models.CharField(blank=True, max_length=240, verbose_name="register number"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="vat_id",
            field=models.CharField(blank=True, max_length=80, verbose_name="VAT number"),
        ),
        migrations.AlterField(
            model_name="profile",
            name="name",
            field=models.CharField(max_length=200, verbose_name="name"),
        ),
    ]
