"""Orders that were bought for a company before say which: the few that an index of purchases names."""

from django.db import migrations

_NAMED = """
UPDATE orders_order o SET buyer_company = p.bought_for ->> 'name'
FROM orders_purchase p
WHERE p.id = o.purchase_id AND p.organization_id IS NOT NULL AND o.buyer_company = ''
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0012_company_of_an_order")]
    operations = [migrations.RunSQL(_NAMED, migrations.RunSQL.noop)]
