import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import syncwatch.lib.clock
import syncwatch.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0011_styles"),
        ("rooms", "0008_reopening"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Emote",
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
                ("name", models.CharField(max_length=32)),
                ("address", models.CharField(editable=False, max_length=32)),
                ("data", models.BinaryField()),
                ("width", models.PositiveSmallIntegerField(editable=False)),
                ("height", models.PositiveSmallIntegerField(editable=False)),
                (
                    "created_at",
                    models.DateTimeField(default=syncwatch.lib.clock.now, editable=False),
                ),
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
                        related_name="emotes",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "indexes": [models.Index(fields=["address"], name="chat_emote_address")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("room"),
                        django.db.models.functions.text.Lower("name"),
                        name="chat_one_emote_a_name",
                    )
                ],
            },
        ),
    ]
