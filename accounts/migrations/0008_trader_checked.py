from django.db import migrations, models
from django.db.models import Min


def carry_over(apps, _schema_editor):
    """Who was verified had been looked at on that day."""
    organizations = apps.get_model("accounts", "Organization")
    rows = organizations.objects.filter(brands__verified_at__isnull=False)
    for row in rows.annotate(first=Min("brands__verified_at")).iterator():
        organizations.objects.filter(pk=row.pk).update(checked_at=row.first)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_closed_for_good")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="checked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="checked"),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
    ]
