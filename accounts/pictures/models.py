"""What a person's row knows of their picture."""

from django.db import models


class Pictured(models.Model):
    """Somebody with a picture, or with none: then their initials are shown on their hue."""

    # The name of its bytes in the storage. Another picture has another one.
    picture_token = models.CharField(
        max_length=32, unique=True, null=True, blank=True, default=None, editable=False
    )

    class Meta:
        abstract = True

    @property
    def picture(self) -> str | None:
        """The address of the picture, 128 pixels a side."""
        return self._picture(128)

    @property
    def picture_large(self) -> str | None:
        return self._picture(512)

    def _picture(self, side: int) -> str | None:
        return f"/faces/{self.picture_token}/{side}.webp" if self.picture_token else None
