from django import forms


class KeyForm(forms.Form):
    """Which of the waiting things a button means."""

    key = forms.CharField(max_length=80)
