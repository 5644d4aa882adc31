import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rooms.models
import syncwatch.lib.clock
import syncwatch.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0003_invite_for_one_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="filters",
            field=models.JSONField(blank=True, default=rooms.models.filters_open),
        ),
        migrations.AddField(
            model_name="room",
            name="locked_in",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="room",
            name="new_guest_delay_s",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="room",
            name="slow_mode_s",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="membership",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[("left", "Left"), ("kicked", "Kicked"), ("banned", "Banned")],
                default="",
                max_length=6,
            ),
        ),
        migrations.CreateModel(
            name="Ban",
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
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=syncwatch.lib.clock.now)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
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
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="bans",
                        to="rooms.room",
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
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("room", "user"),
                        name="rooms_one_ban_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
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
                ("action", models.CharField(max_length=16)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("facts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=syncwatch.lib.clock.now)),
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
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["room", "-id"], name="rooms_measures")],
            },
        ),
    ]
