import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import syncwatch.lib.clock
import syncwatch.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Video",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=syncwatch.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploading", "Uploading"),
                            ("queued", "Queued"),
                            ("probing", "Probing"),
                            ("processing", "Processing"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="uploading",
                        max_length=12,
                    ),
                ),
                ("bytes", models.BigIntegerField(default=0)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("playable", models.BooleanField(default=False)),
                ("available_until", models.FloatField(default=0)),
                ("duration", models.FloatField(null=True)),
                ("width", models.PositiveIntegerField(null=True)),
                ("height", models.PositiveIntegerField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("error_code", models.CharField(blank=True, default="", max_length=40)),
                ("error_message", models.CharField(blank=True, default="", max_length=300)),
                ("retryable", models.BooleanField(default=False)),
                ("posters", models.PositiveSmallIntegerField(default=0)),
                ("poster_chosen", models.PositiveSmallIntegerField(default=0)),
                ("storyboard", models.BooleanField(default=False)),
                ("extras_done", models.BooleanField(default=False)),
                ("worker", models.CharField(blank=True, default="", max_length=100)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("hinted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=syncwatch.lib.clock.now, editable=False),
                ),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="videos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=syncwatch.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("length", models.BigIntegerField(null=True)),
                ("offset", models.BigIntegerField(default=0)),
                ("multipart_id", models.CharField(blank=True, default="", max_length=1024)),
                ("parts", models.JSONField(blank=True, default=list)),
                (
                    "created_at",
                    models.DateTimeField(default=syncwatch.lib.clock.now, editable=False),
                ),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "video",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="upload",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Subtitle",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=syncwatch.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(null=True)),
                ("language", models.CharField(blank=True, default="", max_length=16)),
                ("title", models.CharField(blank=True, default="", max_length=100)),
                ("forced", models.BooleanField(default=False)),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subtitles",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=syncwatch.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=12)),
                ("position", models.PositiveSmallIntegerField()),
                ("first", models.BooleanField(default=False)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("fps", models.CharField(max_length=16)),
                ("peak_bps", models.PositiveIntegerField()),
                ("average_bps", models.PositiveIntegerField(null=True)),
                ("codec", models.CharField(blank=True, default="", max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("processing", "Processing"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("segments_done", models.PositiveIntegerField(default=0)),
                ("available_s", models.FloatField(default=0)),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="AudioTrack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=syncwatch.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("language", models.CharField(blank=True, default="", max_length=16)),
                ("title", models.CharField(blank=True, default="", max_length=100)),
                ("default", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("processing", "Processing"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("segments_done", models.PositiveIntegerField(default=0)),
                ("available_s", models.FloatField(default=0)),
                (
                    "video",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audio_tracks",
                        to="videos.video",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddIndex(
            model_name="video",
            index=models.Index(fields=["owner", "-id"], name="videos_video_owner"),
        ),
        migrations.AddIndex(
            model_name="video",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "probing", "processing"])),
                fields=["state", "lease_until"],
                name="videos_video_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="video",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["uploading", "queued", "probing", "processing", "ready", "failed"],
                    )
                ),
                name="videos_video_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="video",
            constraint=models.CheckConstraint(
                condition=models.Q(("progress__lte", 100)), name="videos_video_percent"
            ),
        ),
        migrations.AddConstraint(
            model_name="video",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), _negated=True),
                    models.Q(("error_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="videos_video_failed_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="video",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), _negated=True), ("playable", True), _connector="OR"
                ),
                name="videos_video_ready_plays",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("length__isnull", True), ("offset__lte", models.F("length")), _connector="OR"
                ),
                name="videos_upload_within_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="subtitle",
            constraint=models.UniqueConstraint(
                fields=("video", "position"), name="videos_subtitle_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.UniqueConstraint(
                fields=("video", "name"), name="videos_rendition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "processing", "ready", "failed"])),
                name="videos_rendition_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="audiotrack",
            constraint=models.UniqueConstraint(
                fields=("video", "position"), name="videos_audio_once"
            ),
        ),
    ]
