"""Forms say what is wrong beside the field, and a broken rule becomes words beside the field."""

import re

import pytest
from django import forms
from django.utils import translation

from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.ground.ui import submit
from kutomo.ground.ui.forms import CodeField
from kutomo.ground.ui.gallery import Sample


class Names(forms.Form):
    name = forms.CharField(label="Nimi", help_text="Näkyy kaikille.")
    mail = forms.EmailField(label="Sähköposti")
    note = forms.CharField(label="Huomio", required=False)
    ok = forms.BooleanField(label="Sopii", required=False)


def test_label_hint_and_error_are_tied_to_the_field():
    shown = str(Names({"mail": "x@example.fi"}))
    control = re.search(r'<input[^>]*name="name"[^>]*>', shown)[0]
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert 'class="input"' in control
    assert '<label for="id_name">' in shown
    assert 'id="id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown


def test_two_failures_get_a_summary_with_links():
    shown = str(Names({}))
    assert 'role="alert"' in shown
    assert '<a href="#id_name">Nimi</a>' in shown
    assert '<a href="#id_mail">Sähköposti</a>' in shown


def test_one_failure_needs_no_summary():
    assert "error-summary" not in str(Names({"name": "Aino"}))


def test_what_may_be_left_empty_says_so():
    with translation.override("en"):
        assert str(Names()).count("(optional)") == 1  # the box needs no such word


def test_every_kind_of_field_has_a_name_and_ids_are_unique():
    shown = str(Sample())
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', shown))
    controls = set(re.findall(r'<(?:input|select|textarea)[^>]*\sid="([^"]+)"', shown))
    assert controls <= labelled
    assert shown.count("<fieldset") == shown.count("<legend") == 4


def test_an_error_of_a_group_leads_to_its_first_choice():
    form = Sample({"name": "x"})
    assert 'href="#id_how_0"' in str(form)
    assert 'aria-describedby="id_how_error"' in str(form)


def test_submit_does_the_deed_once_and_gives_what_it_gave():
    done = []
    outcome = submit(Names({"name": "Aino", "mail": "a@example.fi"}), lambda data: done.append(data["name"]))
    assert outcome is not None
    assert outcome.value is None
    assert bool(outcome)
    assert done == ["Aino"]


def test_submit_does_nothing_when_the_form_fails():
    assert submit(Names({}), lambda data: pytest.fail("the deed was done")) is None


@pytest.mark.parametrize(("field", "place"), [("name", "name"), ("", "__all__"), ("no such field", "__all__")])
def test_a_broken_rule_stands_beside_its_field(field: str, place: str):
    form = Names({"name": "Aino", "mail": "a@example.fi"})

    def deed(data):
        raise RuleBroken("Nimi on jo käytössä.", field=field)

    assert submit(form, deed) is None
    assert form.errors[place] == ["Nimi on jo käytössä."]
    assert "Nimi on jo käytössä." in str(form)


def test_other_refusals_travel_on():
    def deed(data):
        raise NotAllowed("Ei avoinna.")

    with pytest.raises(NotAllowed):
        submit(Names({"name": "Aino", "mail": "a@example.fi"}), deed)


@pytest.mark.parametrize("typed", ["472918", " 472 918 ", "472-918", "472\u00a0918", "4 7 2 9 1 8"])
def test_a_code_may_be_pasted_with_spaces(typed: str):
    assert CodeField().clean(typed) == "472918"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("47291", "The code lacks 1 figure. Check the message."),
        ("4729", "The code lacks 2 figures. Check the message."),
        ("4729181", "The code has too many figures. Check the message."),
        ("47a918", "A code has figures only. Check the message."),
        ("４７２９１８", "A code has figures only. Check the message."),
    ],
)
def test_a_wrong_code_says_what_is_wrong(typed: str, words: str):
    with pytest.raises(forms.ValidationError) as failed:
        CodeField().clean(typed)
    with translation.override("en"):
        assert failed.value.messages == [words]
