from django.db import migrations

from core.append_only import keep_rows


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_seen_by_a_person")]
    operations = [
        keep_rows(table="payments_paymentmove", parent="payments_payment", column="payment_id")
    ]
