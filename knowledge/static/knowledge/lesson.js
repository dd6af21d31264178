// The page of a lesson: a button that prints it, for browsers that run this.
const button = document.querySelector("[data-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
