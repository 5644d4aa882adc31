import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import syncwatch.lib.clock


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0006_edits"),
        ("rooms", "0001_rooms_members_invites"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pin",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pin",
                        serialize=False,
                        to="chat.message",
                    ),
                ),
                ("at", models.DateTimeField(default=syncwatch.lib.clock.now, editable=False)),
                (
                    "by",
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
                        related_name="+",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "indexes": [models.Index(fields=["room", "-at"], name="chat_pins")],
            },
        ),
    ]
