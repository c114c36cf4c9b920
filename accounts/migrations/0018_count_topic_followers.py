"""Those who followed a topic before there were counts are counted, with those who came since.

Only who changes their interests waits meanwhile, for as long as profiles are read once: the lock is
on the counts. Whoever had changed them and not committed had the lock before, so what is read then
has everybody in it who is not counted after."""

from django.db import migrations

COUNT_ALL = """
SET LOCAL statement_timeout = 0;
LOCK TABLE accounts_topicfollowers IN EXCLUSIVE MODE;
INSERT INTO accounts_topicfollowers (slug, followers_count)
    SELECT one, count(DISTINCT p.id) FROM accounts_profile p, unnest(p.interests) AS one GROUP BY one
    ON CONFLICT (slug) DO UPDATE SET followers_count = excluded.followers_count;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0017_topic_followers")]
    operations = [migrations.RunSQL(COUNT_ALL, migrations.RunSQL.noop)]
