"""What was done to one thing is found without reading the whole audit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_room_knocked")]
    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["target"], name="accounts_audit_target"),
        ),
    ]
