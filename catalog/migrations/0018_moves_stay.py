from django.db import migrations

from core.append_only import keep_rows


class Migration(migrations.Migration):
    dependencies = [("catalog", "0017_typeface_is_known")]
    operations = [
        keep_rows(table="catalog_productmove", parent="catalog_product", column="product_id"),
        keep_rows(table="catalog_servicemove", parent="catalog_service", column="service_id"),
    ]
