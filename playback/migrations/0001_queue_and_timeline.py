"""The queue, its votes and the timeline at rest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import syncwatch.lib.clock
import syncwatch.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("rooms", "__first__"),
        ("videos", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoomPlayback",
            fields=[
                (
                    "room",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="rooms.room",
                    ),
                ),
                ("item_id", models.UUIDField(null=True)),
                ("paused", models.BooleanField(default=True)),
                ("held", models.BooleanField(default=False)),
                ("position_s", models.FloatField(default=0)),
                ("rate", models.FloatField(default=1)),
                ("at_ms", models.BigIntegerField(default=0)),
                ("changed_ms", models.BigIntegerField(default=0)),
                ("alive_ms", models.BigIntegerField(default=0)),
                ("queue_version", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "room playbacks",
            },
        ),
        migrations.CreateModel(
            name="QueueItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=syncwatch.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("video", "Video"),
                            ("hls", "Hls"),
                            ("file", "File"),
                            ("youtube", "Youtube"),
                        ],
                        max_length=8,
                    ),
                ),
                ("url", models.CharField(blank=True, default="", max_length=2000)),
                ("title", models.CharField(max_length=200)),
                ("duration_s", models.FloatField(blank=True, null=True)),
                ("rank", models.BigIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(default=syncwatch.lib.clock.now, editable=False),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="queue_items",
                        to="rooms.room",
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "id"],
            },
        ),
        migrations.CreateModel(
            name="QueueVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="playback.queueitem",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="queueitem",
            index=models.Index(fields=["room", "rank"], name="playback_queue_order"),
        ),
        migrations.AddConstraint(
            model_name="queueitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "video"), ("url", ""), ("video__isnull", False)),
                    models.Q(
                        models.Q(("source", "video"), _negated=True),
                        ("video__isnull", True),
                        models.Q(("url", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="playback_item_film_or_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="queuevote",
            constraint=models.UniqueConstraint(
                fields=("item", "user"), name="playback_one_vote_each"
            ),
        ),
    ]
