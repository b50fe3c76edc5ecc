"""Conversations of a network."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page, submit

from . import actions, forms, queries


@require_safe
def threads(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.threads(request.user, net, request.GET.get("page", "1"))
    context = {"network": net, "threads": found, "may_talk": gate.may(request.user, Can.TALK, net)}
    return page(request, "talk/threads.html", context)


def start(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.TALK, net)
    form = forms.ThreadForm(request.POST or None, language=get_language())
    if done := submit(form, lambda data: actions.start(by=request.user, network=net, **data)):
        return redirect("talk:thread", net.slug, done.value.pk)
    return page(request, "talk/start.html", {"network": net, "form": form})


def thread(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(request.user, net, pk)
    form = forms.PostForm(request.POST or None, language=get_language())
    if done := submit(form, lambda data: actions.write(by=request.user, thread=found, **data)):
        return redirect(reverse("talk:thread", args=[net.slug, pk]) + f"#post-{done.value.pk}")
    posts = queries.posts(found, request.GET.get("page"))
    last_read, newest = queries.last_read(request.user, found), queries.newest_of(posts)
    context = {
        "network": net,
        "thread": found,
        "posts": posts,
        "last_read": last_read,
        "form": form,
        "may_talk": gate.may(request.user, Can.TALK, net),
        "may_hide": gate.may(request.user, Can.SETTLE, net),
    }
    response = page(request, "talk/thread.html", context)
    if newest > last_read:
        actions.mark_read(by=request.user, thread=found, upto=newest)
    return response


def edit(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    post = queries.own_post(request.user, net, pk)
    form = forms.EditForm(request.POST or None, initial={"body": post.body})
    if submit(form, lambda data: actions.edit(by=request.user, post=post, **data)):
        return redirect(reverse("talk:thread", args=[net.slug, post.thread_id]) + f"#post-{pk}")
    return page(request, "talk/edit.html", {"network": net, "post": post, "form": form})


def remove(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    post = queries.post(request.user, net, pk)
    own = post.author_id == request.user.pk
    if not own:
        gate.require(request.user, Can.SETTLE, net)
    form = forms.RemoveForm(request.POST if request.method == "POST" else None, own=own)
    if submit(form, lambda data: actions.remove(by=request.user, post=post, **data)):
        messages.success(request, _("The post has been removed."))
        return redirect("talk:thread", net.slug, post.thread_id)
    return page(request, "talk/remove.html", {"network": net, "post": post, "form": form, "own": own})
