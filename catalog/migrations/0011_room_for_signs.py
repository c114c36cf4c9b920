"""Columns of words are as wide as what their signs may need. Wider only: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0010_studio_lists"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attributevalue",
            name="text",
            field=models.CharField(blank=True, max_length=800),
        ),
        migrations.AlterField(
            model_name="collection",
            name="title",
            field=models.CharField(max_length=320),
        ),
        migrations.AlterField(
            model_name="deliverymethod",
            name="name",
            field=models.CharField(max_length=240),
        ),
        migrations.AlterField(
            model_name="deliverymethod",
            name="zone",
            field=models.CharField(max_length=240),
        ),
        migrations.AlterField(
            model_name="option",
            name="name",
            field=models.CharField(max_length=160),
        ),
        migrations.AlterField(
            model_name="optionvalue",
            name="name",
            field=models.CharField(max_length=240),
        ),
        migrations.AlterField(
            model_name="product",
            name="title",
            field=models.CharField(max_length=480),
        ),
        migrations.AlterField(
            model_name="productimage",
            name="alt",
            field=models.CharField(blank=True, max_length=560),
        ),
        migrations.AlterField(
            model_name="service",
            name="area",
            field=models.CharField(blank=True, max_length=480),
        ),
        migrations.AlterField(
            model_name="service",
            name="title",
            field=models.CharField(max_length=480),
        ),
        migrations.AlterField(
            model_name="serviceimage",
            name="alt",
            field=models.CharField(blank=True, max_length=560),
        ),
        migrations.AlterField(
            model_name="servicepackage",
            name="name",
            field=models.CharField(max_length=240),
        ),
        migrations.AlterField(
            model_name="storefront",
            name="away_note",
            field=models.CharField(blank=True, max_length=1200),
        ),
        migrations.AlterField(
            model_name="variant",
            name="sku",
            field=models.CharField(max_length=256),
        ),
    ]
