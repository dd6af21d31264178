// Answers without a reload: the same form is sent, and the parts marked data-live are taken from the page it leads to.
// Where anything fails, the browser sends the form itself.

document.addEventListener("submit", (submitted) => {
  const form = submitted.target;
  if (!form.matches("[data-answer]") || !submitted.submitter || form.dataset.plain !== undefined) return;
  submitted.preventDefault();
  send(form, submitted.submitter);
});

function send(form, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const data = new FormData(form);
  data.set(button.name, button.value);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.onload = () => (request.status === 200 && request.response ? show(request.response, form, button) : plainly(form, button));
  request.onerror = () => plainly(form, button);
  request.send(data);
}

function show(page, form, button) {
  const action = form.getAttribute("action");
  press(form, button);
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(old.id);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
  }
  const same = document.querySelector(`form[action="${CSS.escape(action)}"] button[value="${button.value}"]`);
  const article = document.querySelector(`#g${CSS.escape(action.match(/(\d+)\/answer/)?.[1] ?? "")} a`);
  (same ?? article)?.focus();
  const said = page.querySelector(".toasts p");
  const line = document.querySelector("[data-said]");
  if (said && line) line.textContent = said.textContent;
}

// Where the list no longer holds the gathering (it waits no more), it stays on screen with the answer marked.
function press(form, button) {
  button.removeAttribute("aria-busy");
  for (const one of form.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === button));
}

function plainly(form, button) {
  button.removeAttribute("aria-busy");
  form.dataset.plain = "";
  form.requestSubmit(button);
}
