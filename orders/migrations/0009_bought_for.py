"""Purchases for a company. Empty columns, so that no row is rewritten or looked through."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


def _organization(**more):
    return models.ForeignKey(
        blank=True,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="accounts.organization",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_room_for_topics"), ("orders", "0008_events_stay")]
    operations = [
        migrations.AddField("checkout", "organization", _organization()),
        migrations.AddField("purchase", "organization", _organization(verbose_name="bought for")),
        migrations.AddField("purchase", "bought_for", models.JSONField(blank=True, null=True)),
        AddConstraintNotValid(
            model_name="purchase",
            constraint=models.CheckConstraint(
                condition=Q(organization__isnull=True, bought_for__isnull=True)
                | Q(organization__isnull=False, bought_for__isnull=False),
                name="purchase_bought_for",
            ),
        ),
    ]
