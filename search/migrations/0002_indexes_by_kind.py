from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations


class Migration(migrations.Migration):
    """One index answers words of one kind, and words alone: a million pins do not cost the brands
    among them anything."""

    dependencies = [("search", "0001_initial")]

    operations = [
        BtreeGinExtension(),
        migrations.RemoveIndex("document", "search_document_vector"),
        migrations.AddIndex(
            "document", GinIndex(fields=["kind", "vector"], name="search_document_vector")
        ),
    ]
