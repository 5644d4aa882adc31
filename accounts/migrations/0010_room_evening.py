from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_room_given"),
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
                    ("room_given", "Room Given"),
                    ("room_evening", "Room Evening"),
                ],
                max_length=16,
            ),
        ),
    ]
