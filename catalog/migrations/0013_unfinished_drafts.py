"""A draft may lack category, SKU and price; the database keeps that nothing on sale does.

A variant's row does not know whether its product is on sale, and a product's row does not know its
variants, so one constraint cannot say it. Both triggers look only when they have to: at variants
that are switched on and lack something, and at products in the moment in which they are published.
They wait for the end of the transaction, since an action writes both in its own order.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

import core.text

GUARD = """
CREATE FUNCTION catalog_refuse_unfinished(product bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM catalog_product p JOIN catalog_variant v ON v.product_id = p.id
        WHERE p.id = product AND p.state = 'published'
            AND v.active AND (v.price IS NULL OR v.sku IS NULL)
    ) THEN
        RAISE EXCEPTION 'product % is on sale with a variant that has no price or no SKU', product
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION catalog_check_variant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_refuse_unfinished(NEW.product_id);
    RETURN NULL;
END $$;

CREATE FUNCTION catalog_check_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_refuse_unfinished(NEW.id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER catalog_variant_on_sale_is_finished
    AFTER INSERT OR UPDATE ON catalog_variant DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.active AND (NEW.price IS NULL OR NEW.sku IS NULL))
    EXECUTE FUNCTION catalog_check_variant();

CREATE CONSTRAINT TRIGGER catalog_product_on_sale_is_finished
    AFTER UPDATE OF state ON catalog_product DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'published' AND OLD.state <> 'published')
    EXECUTE FUNCTION catalog_check_product();
"""

UNDO = """
DROP TRIGGER catalog_product_on_sale_is_finished ON catalog_product;
DROP TRIGGER catalog_variant_on_sale_is_finished ON catalog_variant;
DROP FUNCTION catalog_check_product();
DROP FUNCTION catalog_check_variant();
DROP FUNCTION catalog_refuse_unfinished(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0012_service_version")]
    operations = [
        migrations.AlterField(
            model_name="product",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="catalog.category",
            ),
        ),
        migrations.AlterField(
            model_name="variant",
            name="price",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="variant",
            name="sku",
            field=models.CharField(blank=True, max_length=core.text.room(64), null=True),
        ),
        AddConstraintNotValid(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=~Q(state="published") | Q(category__isnull=False),
                name="product_published_has_a_category",
            ),
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
