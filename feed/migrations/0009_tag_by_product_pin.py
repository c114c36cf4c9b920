import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0012_service_version"), ("feed", "0008_save_by_pin_date")]

    operations = [
        migrations.AddIndex(
            model_name="producttag",
            index=models.Index(fields=["product", "-pin"], name="tag_by_product_pin"),
        ),
        # Its own index is the beginning of the new one.
        migrations.AlterField(
            model_name="producttag",
            name="product",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="catalog.product",
            ),
        ),
    ]
