"""Columns of words are as wide as what their signs may need. Wider only: no row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_studio_lists"),
    ]

    operations = [
        migrations.AlterField(
            model_name="checkout",
            name="city",
            field=models.CharField(blank=True, max_length=320, verbose_name="city"),
        ),
        migrations.AlterField(
            model_name="checkout",
            name="company",
            field=models.CharField(blank=True, max_length=480, verbose_name="company"),
        ),
        migrations.AlterField(
            model_name="checkout",
            name="line1",
            field=models.CharField(blank=True, max_length=480, verbose_name="street and number"),
        ),
        migrations.AlterField(
            model_name="checkout",
            name="line2",
            field=models.CharField(blank=True, max_length=480, verbose_name="second line"),
        ),
        migrations.AlterField(
            model_name="checkout",
            name="name",
            field=models.CharField(blank=True, max_length=480, verbose_name="full name"),
        ),
        migrations.AlterField(
            model_name="checkout",
            name="phone",
            field=models.CharField(blank=True, max_length=120, verbose_name="phone"),
        ),
        migrations.AlterField(
            model_name="checkout",
            name="postcode",
            field=models.CharField(blank=True, max_length=80, verbose_name="postcode"),
        ),
        migrations.AlterField(
            model_name="fulfilment",
            name="carrier",
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AlterField(
            model_name="fulfilment",
            name="tracking",
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.AlterField(
            model_name="order",
            name="buyer_name",
            field=models.CharField(max_length=480),
        ),
        migrations.AlterField(
            model_name="order",
            name="cancel_reason",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AlterField(
            model_name="order",
            name="delivery_name",
            field=models.CharField(max_length=240),
        ),
        migrations.AlterField(
            model_name="orderevent",
            name="note",
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="sku",
            field=models.CharField(blank=True, max_length=256),
        ),
        migrations.AlterField(
            model_name="orderline",
            name="title",
            field=models.CharField(max_length=480),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="city",
            field=models.CharField(blank=True, max_length=320, verbose_name="city"),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="company",
            field=models.CharField(blank=True, max_length=480, verbose_name="company"),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="line1",
            field=models.CharField(blank=True, max_length=480, verbose_name="street and number"),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="line2",
            field=models.CharField(blank=True, max_length=480, verbose_name="second line"),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="name",
            field=models.CharField(blank=True, max_length=480, verbose_name="full name"),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="phone",
            field=models.CharField(blank=True, max_length=120, verbose_name="phone"),
        ),
        migrations.AlterField(
            model_name="purchase",
            name="postcode",
            field=models.CharField(blank=True, max_length=80, verbose_name="postcode"),
        ),
    ]
