import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import syncwatch.lib.clock
import syncwatch.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0001_rooms_members_invites"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Right",
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
                    "capability",
                    models.CharField(
                        choices=[
                            ("control", "Control"),
                            ("queue", "Queue"),
                            ("chat", "Chat"),
                            ("voice", "Voice"),
                            ("invite", "Invite"),
                            ("moderate", "Moderate"),
                            ("settings", "Settings"),
                        ],
                        max_length=8,
                    ),
                ),
                ("allowed", models.BooleanField()),
                ("until", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("given_at", models.DateTimeField(default=syncwatch.lib.clock.now)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rights_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rights",
                        to="rooms.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["given_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("membership", "capability"), name="rooms_one_right_a_capability"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "capability__in",
                                [
                                    "control",
                                    "queue",
                                    "chat",
                                    "voice",
                                    "invite",
                                    "moderate",
                                    "settings",
                                ],
                            )
                        ),
                        name="rooms_right_is_known",
                    ),
                ],
            },
        ),
    ]
