// The page of a lesson: a button that prints it, for browsers that run this; and once it shows what was just sent,
// the words that the form kept on this device are forgotten.
const button = document.querySelector("[data-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

try {
  const sent = sessionStorage.getItem("exchange-sent");
  if (sent) {
    localStorage.removeItem(sent);
    sessionStorage.removeItem("exchange-sent");
  }
} catch { /* storage is turned off: nothing was kept */ }
