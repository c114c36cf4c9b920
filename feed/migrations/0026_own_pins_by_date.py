from django.db import migrations, models
from django.db.models.functions import Coalesce

from core.online_schema import BuildIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("feed", "0025_link_hashtags")]
    operations = [
        BuildIndex(
            model_name="pin",
            index=models.Index(
                models.F("author"),
                Coalesce("published_at", "created_at").desc(),
                models.F("id").desc(),
                name="pin_own_by_date",
            ),
        ),
    ]
