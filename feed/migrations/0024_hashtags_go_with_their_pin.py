"""A pin that code of the release before deletes takes along what it stood under, of which that code
knows nothing. The table is empty still: nothing is looked through."""

from django.db import migrations

_GOES_WITH_IT = """
DO $$
DECLARE name text;
BEGIN
  SELECT conname INTO STRICT name FROM pg_constraint
  WHERE conrelid = 'feed_pinhashtag'::regclass AND confrelid = 'feed_pin'::regclass
    AND contype = 'f';
  EXECUTE format('ALTER TABLE feed_pinhashtag DROP CONSTRAINT %I', name);
  EXECUTE format(
    'ALTER TABLE feed_pinhashtag ADD CONSTRAINT %I FOREIGN KEY (pin_id) REFERENCES feed_pin (id)'
    ' ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED', name
  );
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("feed", "0023_hashtags")]
    operations = [migrations.RunSQL(_GOES_WITH_IT, migrations.RunSQL.noop)]
