"""A person's picture: the name its bytes have in the storage."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_audit_by_target")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="picture_token",
            field=models.CharField(
                blank=True, default=None, editable=False, max_length=32, null=True, unique=True
            ),
        ),
    ]
