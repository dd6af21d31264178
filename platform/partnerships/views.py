"""Invitations: the list of open ones, a new one, and what somebody sees who follows the link."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import once
from accounts.forms import zone_names
from accounts.models import User
from accounts.requests import PersonRequest
from partnerships import invitations
from partnerships.forms import InvitationForm, WelcomeForm
from partnerships.lines import lines
from partnerships.models import Invitation
from partnerships.permissions import Reach, can_invite, invitations_visible_to

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_required
@never_cache
@require_GET
def invitation_list(request: PersonRequest) -> HttpResponse:
    """Open invitations to the places that one may invite to."""
    if not can_invite(Reach.of(request.user)):
        raise Http404
    found = invitations_visible_to(request.user).open()
    rows = found.select_related("network", "partnership", "body__partnership", "organisation", "invited_by")
    context = {"lines": lines(rows), "link": once.take(request)}
    response = render(request, "partnerships/invitations.html", context)
    once.forget(response, reverse("partnerships:invitations"))
    return response


@login_required
def new_invitation(request: PersonRequest) -> HttpResponse:
    """Invite one person."""
    if not can_invite(Reach.of(request.user)):
        raise Http404
    start = {"place": request.GET.get("place", ""), "language": request.user.language}
    form = InvitationForm(request.POST or None, inviter=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        invitation, _link = invitations.invite(invited_by=request.user, by_mail=True, **form.cleaned_data)
        return mailed(request, invitation)
    return render(request, "partnerships/invite.html", {"form": form})


@login_required
@require_POST
def resend(request: PersonRequest, pk: int) -> HttpResponse:
    """Mail a new link; the old one ends."""
    invitation = get_object_or_404(invitations_visible_to(request.user).open(), pk=pk)
    with gone_if_closed():
        invitations.resend(invitation)
    return mailed(request, invitation)


@login_required
@require_POST
def link(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a new link and show it once, to be handed over where mail does not arrive; the old one ends."""
    invitation = get_object_or_404(invitations_visible_to(request.user).open(), pk=pk)
    with gone_if_closed():
        secret = invitations.hand_over(invitation)
    response = redirect("partnerships:invitations")
    once.show_next(response, secret, reverse("partnerships:invitations"))
    return response


@login_required
@require_POST
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(invitations_visible_to(request.user).open(), pk=pk)
    invitations.revoke(invitation)
    messages.success(request, _("The invitation of %(email)s is taken back.") % {"email": invitation.email})
    return redirect("partnerships:invitations")


@contextmanager
def gone_if_closed() -> Iterator[None]:
    """Answered or taken back while somebody pressed a button: then it is no longer on the list."""
    try:
        yield
    except invitations.ClosedError as closed:
        raise Http404 from closed


def mailed(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Say that the mail is in the outbox, and lead to the list, where it stands what becomes of it."""
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
    return redirect("partnerships:invitations")


@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Follow the link: begin an account, accept with the one there is, or hear what became of the invitation."""
    invitation = Invitation.objects.with_secret(secret)
    if invitation is None or invitation.state != Invitation.State.OPEN:
        return over(request, invitation)
    account = User.objects.filter(email__iexact=invitation.email).first()
    try:
        return welcome(request, invitation) if account is None else accept_as(request, invitation, account)
    except invitations.ClosedError:
        return over(request, Invitation.objects.get(pk=invitation.pk))


def over(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    """A link that opens nothing: why, and what to do. Whoever has just accepted is led on."""
    mine = invitation is not None and invitation.accepted_at and is_for(invitation, request.user)
    if mine:
        return redirect("today")
    status = 404 if invitation is None else 410
    return render(request, "partnerships/invitation_over.html", {"invitation": invitation}, status=status)


def welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody new: choose a name, language, zone and how to sign in, and the seat is theirs."""
    zone = invitation.organisation.zone if invitation.organisation else ""
    start = {"language": get_language(), **({"zone": zone} if zone else {})}
    form = WelcomeForm(request.POST or None, instance=User(email=invitation.email), initial=start)
    if request.method == "POST" and form.is_valid():
        person = invitations.accept_as_new(invitation, **form.cleaned_data)
        login(request, person, backend=BACKEND)
        messages.success(request, _("Welcome. Your seat: %(what)s.") % {"what": invitation.what})
        return redirect("today")
    context = {"invitation": invitation, "form": form, "zones": zone_names()}
    return render(request, "partnerships/welcome.html", context)


def accept_as(request: HttpRequest, invitation: Invitation, account: User) -> HttpResponse:
    """Somebody who has an account: sign in with it, then accept by one press."""
    own = is_for(invitation, request.user)
    if request.method == "POST" and own:
        invitations.accept(invitation, account)
        messages.success(request, _("Your new seat: %(what)s.") % {"what": invitation.what})
        return redirect("today")
    return render(request, "partnerships/accept.html", {"invitation": invitation, "account": account, "own": own})


def is_for(invitation: Invitation, user: object) -> bool:
    """Whether ``user`` is signed in with the invited address."""
    return isinstance(user, User) and user.email.lower() == invitation.email.lower()
