from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0010_polls"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="roll",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="style",
            field=models.CharField(
                blank=True, choices=[("me", "Me"), ("roll", "Roll")], default="", max_length=4
            ),
        ),
    ]
