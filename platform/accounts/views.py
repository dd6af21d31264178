"""Me, the sign-in page, and the mails of the demonstration."""

from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.views import LoginView, LogoutView, RequestLoginCodeView, confirm_login_code
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import demo, demo_mail, once, profile
from accounts.actions import create_token, revoke_token, save_account, sign_out_elsewhere
from accounts.forms import ProfileForm, TokenForm, zone_names
from accounts.mail_document import mail_document
from accounts.requests import PersonRequest


class SignIn(LoginView):
    """Sign-in by password; in the demonstration also by a button for each of its people.

    While a code is on its way the page stays open and leads on to where that is entered.
    """

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["code_sent"] = get_pending_stage(self.request) is not None
        if demo.is_offered_to(self.request):
            context |= {"demo_accounts": demo.ACCOUNTS, "demo_password": demo.PASSWORD}
        return context


class RequestCode(RequestLoginCodeView):
    """Ask for a code, from its own page or from the sign-in page, which calls the address ``login``."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        """With nothing typed on the sign-in page this page asks, without calling it an error."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if "login" in self.request.POST:
            typed = self.request.POST["login"]
            kwargs |= {"data": {"email": typed} if typed else None, "files": None}
        return kwargs


def confirm_code(request: HttpRequest) -> HttpResponse:
    """Enter the code; where it no longer works this is said, on the page that sends a new one."""
    if not request.user.is_authenticated and get_pending_stage(request) is None:
        messages.error(request, _("That code no longer works. Ask for a new one here."))
    response: HttpResponse = confirm_login_code(request)
    return response


class SignOut(LogoutView):
    """Signing out leaves nothing of the person in the browser: drafts and words not yet sent are kept in its storage,
    pages one was on in its cache. A page whose script has asked about those words and ``wiped`` the rest says so: then
    what the browser keeps for others who share it stays theirs."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        wiped = self.request.POST.get("wiped") == "yes"
        response["Clear-Site-Data"] = '"cache"' if wiped else '"cache", "storage"'
        return response


@require_GET
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Sign-up is closed, and a page says how one gets in."""
    return render(request, "account/signup_closed.html")


@login_required
@never_cache
def me(request: PersonRequest) -> HttpResponse:
    """The profile, and everything else about oneself below it."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        save_account(form.instance)
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        return redirect("accounts:me")
    request.user.refresh_from_db()
    return page(request, form, TokenForm())


@login_required
@require_POST
def new_token(request: PersonRequest) -> HttpResponse:
    """Make a personal token; the next page shows it, once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return page(request, ProfileForm(instance=request.user), form)
    _token, secret = create_token(request.user, form.cleaned_data["name"])
    response = redirect(reverse("accounts:me") + "#tokens")
    once.show_next(response, secret, reverse("accounts:me"))
    return response


@login_required
@require_POST
def end_token(request: PersonRequest, pk: int) -> HttpResponse:
    """Revoke one of one's own tokens."""
    token = get_object_or_404(request.user.tokens, pk=pk)
    revoke_token(token)
    messages.success(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return redirect(reverse("accounts:me") + "#tokens")


@login_required
@require_POST
def end_sessions(request: PersonRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    sign_out_elsewhere(request.user, request)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("accounts:me")


def page(request: PersonRequest, form: ProfileForm, token_form: TokenForm) -> HttpResponse:
    """Me, with whatever is wrong in its forms."""
    context = {
        "form": form,
        "token_form": token_form,
        "zones": zone_names(),
        "tokens": request.user.tokens.filter(revoked_at=None),
        "secret": once.take(request),
        "sections": profile.sections(request.user),
        "calendar_url": reverse("events:subscribe"),
    }
    response = render(request, "accounts/me.html", context)
    once.forget(response, reverse("accounts:me"))
    return response


@require_GET
def mail_list(request: HttpRequest) -> HttpResponse:
    """The mails of the demonstration."""
    if not demo.is_offered_to(request):
        raise Http404
    return render(request, "accounts/mail_list.html", {"mails": demo_mail.mails()})


@require_GET
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail of the demonstration."""
    return render(request, "accounts/mail.html", {"mail": demonstrated(request, name)})


@require_GET
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """Its HTML, as a mail program would show it."""
    return mail_document(request, demonstrated(request, name).html)


def demonstrated(request: HttpRequest, name: str) -> demo_mail.Mail:
    """A mail of the demonstration, for whoever may read them."""
    found = demo_mail.mail(name) if demo.is_offered_to(request) else None
    if found is None:
        raise Http404
    return found
