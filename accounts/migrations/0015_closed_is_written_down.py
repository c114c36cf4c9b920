"""Accounts that were erased before that was a decision like others get theirs: of when, nobody knows
any more than that it was before now."""

from django.db import migrations

WRITE_DOWN = """
INSERT INTO accounts_profiledecision (profile_id, from_state, to_state, actor_id, reason, at)
SELECT p.id, 'approved', 'closed', p.user_id, 'Written down afterwards.', clock_timestamp()
FROM accounts_profile p
LEFT JOIN LATERAL (
    SELECT to_state FROM accounts_profiledecision WHERE profile_id = p.id
    ORDER BY at DESC, id DESC LIMIT 1
) d ON true
WHERE p.kind = 'person' AND p.state = 'closed' AND coalesce(d.to_state, 'approved') = 'approved'
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_decisions_stay")]
    operations = [migrations.RunSQL(WRITE_DOWN, migrations.RunSQL.noop, elidable=True)]
