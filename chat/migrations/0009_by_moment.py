from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0008_reports")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("media_time_s__isnull", False)),
                fields=["room", "item_id", "media_time_s", "rank"],
                name="chat_by_moment",
            ),
        ),
    ]
