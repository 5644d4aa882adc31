"""Until when somebody is shut out, and what they are told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_friends_blocks_notices")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="suspended_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="suspended_reason",
            field=models.CharField(blank=True, default="", editable=False, max_length=200),
        ),
    ]
