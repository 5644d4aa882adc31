"""What staff are asked for before an act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.models import SUSPENDED_REASON_MAX
from syncwatch.lib.errors import Invalid
from syncwatch.lib.text import clean_line


class Nothing(forms.Form):
    """Only whether to go on."""


class LineField(forms.CharField):
    """One line of words, cleaned as all text from people is."""

    def clean(self, value: Any) -> str:
        words: str = super().clean(value)
        if not words:
            return ""
        try:
            return clean_line(words, self.max_length or SUSPENDED_REASON_MAX, what="text")
        except Invalid as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class ReasonForm(forms.Form):
    """Why. Kept with the person or the room, never in the audit."""

    reason = LineField(
        label=gettext_lazy("Reason"),
        max_length=SUSPENDED_REASON_MAX,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
