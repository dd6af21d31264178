// The form of a lesson: what is typed stays on this device until the server has it. The page of the saved lesson
// (lesson.js) forgets it, so a link that drops while sending loses nothing.
const form = document.querySelector("form[data-draft]");
const key = `exchange-${document.body.dataset.person}-${form.dataset.draft}`;
const SKIP = new Set(["csrfmiddlewaretoken", "client_id", "seen"]);

const words = () => [...new FormData(form)].filter(([name, value]) => !SKIP.has(name) && typeof value === "string");
const begun = JSON.stringify(words());

function read() {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function forget() {
  try {
    localStorage.removeItem(key);
  } catch { /* storage is turned off: then nothing was kept either */ }
}

function keep() {
  const now = words();
  if (JSON.stringify(now) === begun) return forget();
  try {
    localStorage.setItem(key, JSON.stringify(now));
    form.querySelector("[data-kept]").hidden = false;
  } catch { /* full or turned off: the form still sends */ }
}

function take(kept) {
  for (const control of form.elements) {
    if (!control.name || SKIP.has(control.name)) continue;
    const values = kept.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (values.length && control.type !== "submit") control.value = values[0];
  }
}

const kept = read();
const found = form.querySelector("[data-found]");
if (kept && !("answered" in form.dataset) && JSON.stringify(kept) !== begun) {
  found.hidden = false;
  found.querySelector("[data-take]").addEventListener("click", () => {
    take(kept);
    found.hidden = true;
    form.elements.title.focus();
  });
  found.querySelector("[data-drop]").addEventListener("click", () => {
    forget();
    found.hidden = true;
    form.elements.title.focus();
  });
}

let timer = 0;
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(keep, 400);
});
window.addEventListener("pagehide", keep);
form.addEventListener("submit", () => {
  keep();
  try {
    sessionStorage.setItem("exchange-sent", key);
  } catch { /* storage is turned off: then nothing was kept either */ }
});
