import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import syncwatch.lib.clock
import syncwatch.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0002_deeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reaction",
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
                ("emoji", models.CharField(max_length=40)),
                (
                    "created_at",
                    models.DateTimeField(default=syncwatch.lib.clock.now, editable=False),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reactions",
                        to="chat.message",
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
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "user", "emoji"), name="chat_one_reaction_a_person"
                    )
                ],
            },
        ),
    ]
