from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0005_knocks"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="welcomed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="room",
            name="seats",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="room",
            name="welcome",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
    ]
