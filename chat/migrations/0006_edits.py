import django.db.models.deletion
from django.db import migrations, models

import syncwatch.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0005_read_positions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edit",
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
                ("body", models.TextField(max_length=2000)),
                ("edited_at", models.DateTimeField(editable=False)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="chat.message",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
    ]
