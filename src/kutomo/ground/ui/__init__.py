"""Pages, forms and components: how everything in Kutomo looks and behaves. Knows no network and no person.

The guide for builders of rooms (also docs/guides/add-a-page.md).

A page is one view, one template and one row in urls.py, all of the same name. Look at /gallery/ for the parts.

THE VIEW asks one query, or does one action and leads on:

    def rules(request, network):                       # GET: one question
        net = networks.get(request.user, network)
        return page(request, "commitments/rules.html", {"network": net, "rules": queries.rules(request.user, net)})

    def propose(request, network):                     # POST: one deed, then 303 to the page that shows it
        net = networks.get(request.user, network)
        form = RuleForm(request.POST or None)
        if request.method == "POST" and submit(form, lambda data: actions.propose(by=request.user, network=net, **data)):
            return redirect("commitments:rules", net.slug)
        return page(request, "commitments/propose.html", {"network": net, "form": form})

`page` puts "network" of the context into the masthead, and answers 422 when a form of the context has errors.
`submit` shows RuleBroken beside the field it names; it gives None when the form must be shown again, else an
Outcome with `.value`. NotAllowed, NotFound and TooMany are not caught: the middleware makes pages of them.

THE TEMPLATE fills blocks: title and heading (both), crumb, lead, actions, content, aside, styles, scripts.

    {% extends "ui/page.html" %}
    {% block title %}{% translate "Ground rules" %}{% endblock %}
    {% block heading %}{% translate "Ground rules"|shy:16 %}{% endblock %}
    {% block actions %}<c-button kind="primary" href="{% url 'commitments:propose' network.slug %}">{% translate "Propose a rule" %}</c-button>{% endblock %}
    {% block content %}
    <c-section title="{% translate 'In force' %}" id="in-force"><c-rows>
      {% for rule in rules %}<c-row title="{{ rule.title }}" href="{{ rule.url }}" icon="handshake" tone="kuusi">{{ rule.agreed_on|day }}</c-row>{% endfor %}
    </c-rows></c-section>
    {% if not rules %}<c-empty title="{% translate 'No rules yet' %}">{% translate "…" %}</c-empty>{% endif %}
    {% endblock %}

"ui/focus.html" is for one task without navigation (blocks name, way_out, progress, foot), "ui/stage.html" for the
big screen. One h1 a page, no skipped level, one primary button a view. `aside` shows only if it holds an element.

A FORM is <c-form :form="form" submit="{% translate 'Propose' %}" cancel="…" />, or by hand: <form method="post"
novalidate class="form">, {% csrf_token %}, {{ form }}, a button. Widgets in forms.py: Choices and ManyChoices (with
hints=), Tiles, Segmented, DayInput, MomentInput; CodeField. data-keep="key" on the form keeps long words on the
device until they are sent. A single deed is <c-act action="{% url … %}">{% translate "Close the round" %}</c-act>.

A FRAGMENT is a partial in the page's own file, named like the id that htmx replaces:

    <div id="board">{% partialdef board inline %} … {% endpartialdef %}</div>
    <c-act action="{% url … %}" target="#board" swap="innerHTML">…</c-act>    and {% block scripts %}{% htmx %}{% endblock %}

`page` then sends the part alone (`part="board"` if the id is another). Without a script the same form sends the whole
page. Header HX-Trigger {"announce": "…"} speaks in the live region, {"toast": "…"} shows as well; an element with
data-focus tabindex="-1" in the new part takes the focus.

WORDS: {{ text|shy }} in headings, labels, buttons (never names, codes, letters); {{ body|markdown }} inside <div
class="prose" lang="…">; {{ start|when:end }}, {{ date|day }}; {% icon "check" %} beside words; {% weave 3 8 %},
{% swatch seat.order %}, {% avatar person.name %}, {% qr url label %}; messages.success(request, _("…")).

NEVER: style="", onclick="", <script> without src, colours that are not tokens, meaning by colour alone, anything
behind hover, disabled buttons instead of a helpful refusal. Styles of a room of its own: static/<room>/<room>.css
in `@layer pages{ … }` with {% block styles %}; a script: {% script "room/name.js" %}, small, without dependencies.
"""  # noqa: E501

from .forms import Outcome, submit
from .pages import page

__all__ = ["Outcome", "page", "submit"]
