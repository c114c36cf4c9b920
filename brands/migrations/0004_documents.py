# A new table, and the name of a kind of review.

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_letter_keys_by_the_database"),
        ("brands", "0003_checked_for_a_year"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="review",
            name="kind",
            field=models.CharField(
                choices=[
                    ("entry", "wants to be let in"),
                    ("change", "changed its trader data"),
                    ("again", "is due to be looked at again"),
                ],
                max_length=6,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="PaperDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    core.ids.PublicIdField(
                        default=core.ids.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("register", "Register extract"),
                            ("insurance", "Insurance"),
                            ("other", "Something else"),
                        ],
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=480, verbose_name="name")),
                (
                    "content_type",
                    models.CharField(
                        choices=[("application/pdf", "PDF"), ("image/jpeg", "JPEG")],
                        max_length=15,
                        verbose_name="type",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("good_until", models.DateField(blank=True, null=True, verbose_name="good until")),
                (
                    "asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="told that it ends"),
                ),
                ("added_at", models.DateTimeField(default=core.clock.now, verbose_name="added")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="accounts.profile",
                        verbose_name="brand",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_at", None)),
                        fields=["good_until"],
                        name="brands_document_ends",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("brand", "digest"), name="brands_document_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["register", "insurance", "other"])),
                        name="brands_document_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_type__in", ["application/pdf", "image/jpeg"])),
                        name="brands_document_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="brands_document_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("size", django.db.models.functions.text.Length(models.F("content"))),
                            ("size__gte", 1),
                            ("size__lte", 5242880),
                        ),
                        name="brands_document_size",
                    ),
                ],
            },
        ),
    ]
