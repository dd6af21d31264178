/** The one way to the site's service worker. Trusted Types want a policy for its address; this one lets no other by. */

const ADDRESS = "/service-worker.js";
const policy = globalThis.trustedTypes?.createPolicy("exchange-worker", {
  createScriptURL: (address) => (address === ADDRESS ? address : ""),
});

/** The registration, once its worker is there. */
export async function register() {
  await navigator.serviceWorker.register(policy?.createScriptURL(ADDRESS) ?? ADDRESS);
  return navigator.serviceWorker.ready;
}
