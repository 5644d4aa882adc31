import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rooms.models
import syncwatch.lib.clock
import syncwatch.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Room",
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
                    "code",
                    models.CharField(
                        default=syncwatch.lib.ids.room_code,
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("private", "Private"),
                            ("unlisted", "Unlisted"),
                            ("public", "Public"),
                        ],
                        default="unlisted",
                        max_length=8,
                    ),
                ),
                (
                    "control",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("moderators", "Moderators"),
                            ("everyone", "Everyone"),
                        ],
                        default="everyone",
                        max_length=10,
                    ),
                ),
                ("password", models.CharField(blank=True, default="", max_length=128)),
                ("wait", models.JSONField(default=rooms.models.waiting_off)),
                ("now_playing", models.JSONField(blank=True, default=None, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=syncwatch.lib.clock.now, editable=False),
                ),
                (
                    "active_at",
                    models.DateTimeField(db_index=True, default=syncwatch.lib.clock.now),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rooms_owned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-active_at"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("moderator", "Moderator"),
                            ("member", "Member"),
                            ("guest", "Guest"),
                        ],
                        max_length=9,
                    ),
                ),
                ("joined_at", models.DateTimeField(default=syncwatch.lib.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("left", "Left"), ("kicked", "Kicked")],
                        default="",
                        max_length=6,
                    ),
                ),
                ("barred_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["joined_at"],
            },
        ),
        migrations.CreateModel(
            name="Invite",
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
                    "token",
                    models.CharField(
                        default=syncwatch.lib.ids.token, editable=False, max_length=43, unique=True
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("moderator", "Moderator"),
                            ("member", "Member"),
                            ("guest", "Guest"),
                        ],
                        default="member",
                        max_length=9,
                    ),
                ),
                ("by_moderator", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=syncwatch.lib.clock.now)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("max_uses", models.PositiveIntegerField(blank=True, null=True)),
                ("uses", models.PositiveIntegerField(default=0)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invites_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invites",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddIndex(
            model_name="room",
            index=models.Index(
                condition=models.Q(("visibility", "public")),
                fields=["-active_at"],
                name="rooms_public_recent",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("room", "user"), name="rooms_one_place_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("role", "owner")),
                fields=("room",),
                name="rooms_one_owner",
            ),
        ),
    ]
