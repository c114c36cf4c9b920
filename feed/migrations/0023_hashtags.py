import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0018_count_topic_followers"),
        ("feed", "0022_stands_for_a_service"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hashtag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50)),
                ("shown", models.CharField(max_length=100)),
                ("followers_count", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="hashtag_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="HashtagFollow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "hashtag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="feed.hashtag",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.profile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "hashtag"), name="hashtag_follow_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PinHashtag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "hashtag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="feed.hashtag",
                    ),
                ),
                (
                    "pin",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hashtags",
                        to="feed.pin",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("hashtag"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("pin"), descending=True),
                        name="pin_hashtag_by_date",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("pin", "hashtag"), name="pin_hashtag_once")
                ],
            },
        ),
    ]
