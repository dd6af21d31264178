/** The list of rooms, narrowed while one types. Fetched with the first letter. */

const none = document.querySelector("[data-none]");

/** Show the rooms that have what stands in `input`. */
export function narrow(input) {
  const words = input.value.trim().toLocaleLowerCase();
  for (const link of document.querySelectorAll(".room-link")) {
    link.closest("li").hidden = !link.querySelector(".room-text").textContent.toLocaleLowerCase().includes(words);
  }
  for (const group of document.querySelectorAll(".room-group")) group.hidden = !group.querySelector("li:not([hidden])");
  if (none) none.hidden = Boolean(document.querySelector(".room-group:not([hidden])"));
}
