/** The section of push messages: how it stands in this browser. The browser itself is asked once a button is pressed. */

import { register } from "./worker.js";

const section = document.querySelector("[data-push]");
const { push: key, url } = section.dataset;
const said = section.querySelector("[data-said]");
const deeds = { on: turnOn, off: turnOff };

section.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-do]");
  if (button && button.getAttribute("aria-busy") !== "true") press(button);
});
show(await standing());

async function press(button) {
  button.setAttribute("aria-busy", "true");
  said.textContent = "";
  said.textContent = (await deeds[button.dataset.do]().catch(failed)) ?? "";
  button.removeAttribute("aria-busy");
  show(await standing());
  if (!button.checkVisibility()) section.querySelector("[data-state]:not([hidden]) [data-do]")?.focus();
}

/** `unsupported`, `blocked`, `on` or `off`: on is what the browser and the exchange both know of. */
async function standing() {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "blocked";
  const here = document.getElementById("push-devices").dataset.here !== undefined;
  return here && (await subscription()) ? "on" : "off";
}

function show(state) {
  for (const part of section.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
}

async function subscription() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager.getSubscription();
}

async function turnOn() {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "default" ? said.dataset.closed : "";
  const made = await subscribed().catch(() => null);
  if (!made) return said.dataset.refused;
  return tell("POST", JSON.stringify(made));
}

async function turnOff() {
  const made = await subscription();
  const refused = await tell("DELETE");
  if (!refused) await made?.unsubscribe();
  return refused;
}

/** The browser's subscription, made anew where it was made for another key of ours. */
async function subscribed() {
  const { pushManager } = await register();
  const old = await pushManager.getSubscription();
  if (old && base64url(old.options.applicationServerKey) === key) return old;
  await old?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function base64url(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer ?? [])));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Nothing once the exchange knows, and the list is as it says; else why not. */
async function tell(method, body) {
  const token = section.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(url, { method, headers, body });
  if (!answer.ok) return (await answer.json()).detail;
  await refresh();
  return "";
}

/** The list, taken from this page as it is now. */
function refresh() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.onload = () => {
      const fresh = request.response?.getElementById("push-devices");
      if (fresh) document.getElementById("push-devices").replaceWith(document.adoptNode(fresh));
      resolve();
    };
    request.onerror = reject;
    request.send();
  });
}

function failed() {
  return said.dataset.failed;
}
