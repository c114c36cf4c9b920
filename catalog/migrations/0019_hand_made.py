from django.db import migrations


def ask(apps, _schema_editor):
    """Every root of a market that is there already; one that is made later asks by itself."""
    roots = list(apps.get_model("catalog", "Category").objects.filter(parent=None).order_by("pk"))
    if not roots:
        return
    attribute, _made = apps.get_model("catalog", "Attribute").objects.get_or_create(
        code="hand_made", defaults={"name": "Made by hand", "kind": "yes_no"}
    )
    asks = apps.get_model("catalog", "CategoryAttribute")
    asks.objects.bulk_create(
        [asks(category=root, attribute=attribute) for root in roots], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0018_moves_stay")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop, elidable=True)]
