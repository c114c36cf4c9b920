import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_letter_keys"),
        ("orders", "0004_given_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("buyer", models.CharField(max_length=260)),
                ("orders", models.PositiveIntegerField()),
                ("spent", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
                (
                    "last",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.profile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        F("seller"), F("buyer"), name="customer_once_per_seller"
                    ),
                    models.CheckConstraint(
                        condition=Q(("orders__gte", 1), ("spent__gte", 0)), name="customer_bought"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["seller", "-last"], name="customer_bought_last"),
                    models.Index(fields=["seller", "-spent", "-last"], name="customer_spent_most"),
                    models.Index(
                        fields=["seller", "-orders", "-last"], name="customer_most_orders"
                    ),
                    models.Index(
                        condition=Q(("orders__gt", 1)),
                        fields=["seller", "-last"],
                        name="customer_came_back",
                    ),
                    models.Index(
                        condition=Q(("orders", 1)),
                        fields=["seller", "-last"],
                        name="customer_bought_once",
                    ),
                ],
            },
        ),
    ]
