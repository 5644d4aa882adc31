from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_room_evening"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="friendship", name="accounts_friends_state"),
        migrations.AlterField(
            model_name="friendship",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "Asked"),
                    ("accepted", "Accepted"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="asked",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="friendship",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("state", "asked"))
                | models.Q(
                    ("accepted_at__isnull", False), ("declined_at", None), ("state", "accepted")
                )
                | models.Q(
                    ("accepted_at", None), ("declined_at__isnull", False), ("state", "withdrawn")
                ),
                name="accounts_friends_state",
            ),
        ),
    ]
