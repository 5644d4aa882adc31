from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0009_evenings"),
    ]

    operations = [
        migrations.AddField(
            model_name="right",
            name="stands_in",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="room",
            name="stand_in",
            field=models.BooleanField(default=True),
        ),
    ]
