// Push messages: shown, led from, and subscribed to anew. What comes in is made by notifications/push/message.py.

addEventListener("push", (event) => event.waitUntil(show(event.data)));
addEventListener("notificationclick", (event) => event.waitUntil(follow(event.notification)));
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.newSubscription)));

/** Browsers take the permission back where a push shows nothing: what cannot be read is shown as its bare fact. */
function show(data) {
  const { id, title, body, url, tag, lang } = readable(data);
  const { name, icon, badge } = EXCHANGE;
  return registration.showNotification(title ?? name, { body, lang, tag, icon, badge, data: { id, url } });
}

function readable(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

/** To the tab that is open on the thing, else to a new one; either way its line under the bell counts as opened. */
async function follow(notification) {
  notification.close();
  const { id, url } = notification.data;
  const line = id ? `${EXCHANGE.bell}${id}/` : EXCHANGE.bell;
  const { href, pathname } = new URL(url ?? line, location.origin);
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = tabs.find((tab) => tab.url === href) ?? tabs.find((tab) => new URL(tab.url).pathname === pathname);
  if (!open) return clients.openWindow(line);
  const tab = await open.focus();
  if (tab.url !== href) return tab.navigate(line);
  return fetch(line, { redirect: "manual" });
}

/** The service has moved this browser, or let it go: subscribe anew and say so. Where nobody is signed in, nobody. */
async function renew(given) {
  const answer = await fetch(EXCHANGE.push);
  if (!answer.ok) return;
  const { key, token } = await answer.json();
  const fresh = given ?? (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  await fetch(EXCHANGE.push, { method: "POST", headers, body: JSON.stringify(fresh) });
}
