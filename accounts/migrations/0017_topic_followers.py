"""Each topic counts who follows it. Whoever writes interests moves the counts: by a trigger, since
code of the release before writes them for a while and knows of no count."""

from django.db import migrations, models

# Topics are held in the order of their slugs: of two who change several of them none waits for the
# other for ever. None falls below nought: until the next migration has counted who was there before,
# they may leave a topic that counts only those who came since.
COUNT = """
CREATE OR REPLACE FUNCTION accounts_count_topics() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was varchar[] := CASE TG_OP WHEN 'INSERT' THEN '{}' ELSE OLD.interests END;
    is_now varchar[] := CASE TG_OP WHEN 'DELETE' THEN '{}' ELSE NEW.interests END;
    came varchar[] := ARRAY(SELECT unnest(is_now) EXCEPT SELECT unnest(was));
    went varchar[] := ARRAY(SELECT unnest(was) EXCEPT SELECT unnest(is_now));
BEGIN
    INSERT INTO accounts_topicfollowers (slug, followers_count)
        SELECT one, 0 FROM unnest(came) AS one ORDER BY one
        ON CONFLICT DO NOTHING;
    PERFORM FROM accounts_topicfollowers WHERE slug = ANY(came || went)
        ORDER BY slug FOR NO KEY UPDATE;
    UPDATE accounts_topicfollowers
        SET followers_count = greatest(
            0, followers_count + CASE WHEN slug = ANY(came) THEN 1 ELSE -1 END
        )
        WHERE slug = ANY(came || went);
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER accounts_topics_came AFTER INSERT ON accounts_profile
    FOR EACH ROW WHEN (NEW.interests <> '{}') EXECUTE FUNCTION accounts_count_topics();
CREATE TRIGGER accounts_topics_changed AFTER UPDATE OF interests ON accounts_profile
    FOR EACH ROW WHEN (NEW.interests IS DISTINCT FROM OLD.interests)
    EXECUTE FUNCTION accounts_count_topics();
CREATE TRIGGER accounts_topics_went AFTER DELETE ON accounts_profile
    FOR EACH ROW WHEN (OLD.interests <> '{}') EXECUTE FUNCTION accounts_count_topics();
"""
UNDO = """
DROP TRIGGER accounts_topics_went ON accounts_profile;
DROP TRIGGER accounts_topics_changed ON accounts_profile;
DROP TRIGGER accounts_topics_came ON accounts_profile;
DROP FUNCTION accounts_count_topics();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_room_for_topics")]
    operations = [
        migrations.CreateModel(
            name="TopicFollowers",
            fields=[
                (
                    "slug",
                    models.SlugField(max_length=80, primary_key=True, serialize=False),
                ),
                ("followers_count", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name_plural": "topic followers"},
        ),
        migrations.RunSQL(COUNT + TRIGGERS, UNDO),
    ]
