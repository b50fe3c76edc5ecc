"""How forms are drawn, and how a form's answer becomes a deed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _, ngettext_lazy

from kutomo.ground.errors import RuleBroken

T = TypeVar("T")

# Django says these; our catalogue says them in plainer Finnish and Swedish.
PLAINER = (_("This field is required."), _("Enter a valid email address."))


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What an action gave back. Always true, also when the action gave nothing."""

    value: T


def submit(form: forms.BaseForm, deed: Callable[[dict[str, Any]], T]) -> Outcome[T] | None:
    """Do ``deed(cleaned_data)`` if the form is in order; None when it must be shown again.

    A RuleBroken stands beside the field that it names (or above the form). Other refusals travel on to the
    middleware.
    """
    if not form.is_valid():
        return None
    try:
        return Outcome(deed(form.cleaned_data))
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, str(broken))
        return None


class BoundField(forms.BoundField):
    """A field that gives its widget the kit's classes."""

    @property
    def kind(self) -> str:
        """``tick`` (a box and its words), ``group`` (legend and choices) or ``line`` (label, control)."""
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "tick"
        return "group" if self.field.widget.use_fieldset else "line"

    @property
    def target(self) -> str:
        """The id that a link in the error summary leads to."""
        return self.id_for_label or f"{self.auto_id}_0"

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(dict(attrs), widget)
        widget = widget or self.field.widget
        if self.kind == "line" and not widget.is_hidden:
            classes = [built.get("class", ""), widget.attrs.get("class", ""), "input"]
            built["class"] = " ".join(dict.fromkeys(name for name in classes if name))
        if self.kind == "group":
            # The fieldset carries them once; each choice need not repeat them.
            built.pop("aria-describedby", None)
        return built


class Renderer(BaseRenderer):
    """Forms are drawn by the same engine as pages, so builtins and components work in them."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = BoundField
    instead = {
        "django/forms/widgets/radio.html": "ui/forms/choices.html",
        "django/forms/widgets/checkbox_select.html": "ui/forms/choices.html",
    }

    @cached_property
    def fallback(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        name = self.instead.get(template_name, template_name)
        if name.startswith("django/"):  # Django's own widgets, which nobody needs to redraw
            return self.fallback.get_template(name)
        try:
            return get_template(name)
        except TemplateDoesNotExist:
            return self.fallback.get_template(name)


class _Hinted:
    """Choices that may carry a line of explanation each: ``hints={value: words}``."""

    def __init__(self, *args: Any, hints: Mapping[Any, Any] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["hint"] = self.hints.get(str(value), self.hints.get(value, ""))
        return option


class Choices(_Hinted, forms.RadioSelect):
    """One of a few, each on its own line."""

    template_name = "ui/forms/choices.html"


class ManyChoices(_Hinted, forms.CheckboxSelectMultiple):
    """Some of a few, each on its own line."""

    template_name = "ui/forms/choices.html"


class Tiles(forms.RadioSelect):
    """One of a few short values (figures, yes and no) as large tiles."""

    template_name = "ui/forms/tiles.html"


class Segmented(forms.RadioSelect):
    """One of two to five words side by side."""

    template_name = "ui/forms/segmented.html"


class DayInput(forms.DateInput):
    """The device's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The device's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class CodeInput(forms.TextInput):
    """A six-digit code in large figures."""

    def __init__(self, attrs: Mapping[str, Any] | None = None):
        super().__init__(
            {"class": "input-code", "inputmode": "numeric", "autocomplete": "one-time-code", **(attrs or {})}
        )


class CodeField(forms.CharField):
    """A code of figures; spaces and hyphens that come along with pasting do no harm."""

    widget = CodeInput

    def __init__(self, *, digits: int = 6, **kwargs: Any):
        self.digits = digits
        kwargs.setdefault("label", _("Code"))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        code = re.sub(r"[\s\-\u2010-\u2015.]", "", super().clean(value) or "")
        if not code:
            return ""
        if not re.fullmatch(r"[0-9]+", code):
            raise ValidationError(_("A code has figures only. Check the message."))
        if (missing := self.digits - len(code)) > 0:
            raise ValidationError(
                ngettext_lazy(
                    "The code lacks %(n)s figure. Check the message.",
                    "The code lacks %(n)s figures. Check the message.",
                    "n",
                ),
                params={"n": missing},
            )
        if missing < 0:
            raise ValidationError(_("The code has too many figures. Check the message."))
        return code
