from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_suspension"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("friend_asked", "Friend Asked"),
                    ("friend_accepted", "Friend Accepted"),
                    ("room_invited", "Room Invited"),
                    ("room_knocked", "Room Knocked"),
                ],
                max_length=16,
            ),
        ),
    ]
