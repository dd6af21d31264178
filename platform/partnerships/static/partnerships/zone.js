// Guess the time zone from the browser, as long as the person has not chosen one.
const field = document.querySelector("input[name=zone]");
const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && guess && guess !== "UTC" && field.value === field.defaultValue && !field.hasAttribute("aria-invalid")) {
  field.value = guess;
}
