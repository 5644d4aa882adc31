"""Chat messages."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import syncwatch.lib.clock
import syncwatch.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("rooms", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
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
                    "kind",
                    models.CharField(
                        choices=[("text", "Text"), ("system", "System")],
                        default="text",
                        max_length=8,
                    ),
                ),
                ("body", models.TextField(blank=True, max_length=2000)),
                ("nonce", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField(editable=False, null=True)),
                ("rank", models.BigIntegerField(editable=False, null=True)),
                ("item_id", models.UUIDField(blank=True, null=True)),
                ("media_time_s", models.FloatField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=syncwatch.lib.clock.now, editable=False),
                ),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="chat.message",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["rank"],
                "indexes": [
                    models.Index(fields=["room", "rank"], name="chat_history"),
                    models.Index(
                        condition=models.Q(("rank", None)),
                        fields=["created_at"],
                        name="chat_unpublished",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("room", "author", "nonce"), name="chat_one_message_per_nonce"
                    )
                ],
            },
        ),
    ]
