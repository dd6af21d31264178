// Takes over from an older worker at once, and leads the tabs that were open before it.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
