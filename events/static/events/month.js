// The arrow keys walk from day to day with something on it; Page Up and Page Down turn to the month beside.

const table = document.querySelector("[data-month]");
const links = [...table.querySelectorAll(".daylink")];

table.addEventListener("keydown", (pressed) => {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey) return;
  const turn = { PageUp: "prev", PageDown: "next" }[pressed.key];
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[pressed.key];
  const here = links.indexOf(document.activeElement);
  if (turn) document.querySelector(`a[rel="${turn}"]`)?.click();
  else if (step && here >= 0) links[(here + step + links.length) % links.length].focus();
  else return;
  pressed.preventDefault();
});
