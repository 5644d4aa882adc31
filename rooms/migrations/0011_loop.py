"""Whether a room begins its list of films again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rooms", "0010_stand_in")]

    operations = [
        migrations.AddField(
            model_name="room",
            name="loop",
            field=models.BooleanField(default=False),
        ),
    ]
