from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0005_kinds_are_known")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="moderation_report_kind"),
        migrations.AlterField(
            model_name="report",
            name="kind",
            field=models.CharField(
                choices=[
                    ("pin", "pin"),
                    ("product", "product"),
                    ("service", "service"),
                    ("profile", "profile"),
                    ("comment", "comment"),
                    ("note", "note"),
                    ("review", "review"),
                ],
                max_length=7,
                verbose_name="about",
            ),
        ),
        AddConstraintNotValid(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["pin", "product", "service", "profile", "comment", "note", "review"],
                    )
                ),
                name="moderation_report_kind",
            ),
        ),
    ]
