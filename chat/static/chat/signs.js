/** The signs at a message, to be pressed on and off; to be read only, where one only reads. */

const { user, home } = document.getElementById("talk").dataset;
const { room } = document.querySelector("[data-talk]").dataset;
const words = document.getElementById("talk-words").content;
const pressable = document.querySelector("[data-composer]") !== null;

/** Put the signs of message `number` before what else stands in its line of marks. */
export function fill(line, reactions, number) {
  line.prepend(...reactions.map((one) => signOf(one, number)));
}

function signOf({ emoji, users, count }, number) {
  const name = words.querySelector(`[data-word="${CSS.escape(emoji)}"]`)?.textContent ?? emoji;
  const mine = users.includes(Number(user));
  const sign = document.createElement(pressable ? "button" : "span");
  Object.assign(sign, { className: "sign", textContent: `${emoji} ${count}`, title: name });
  if (!pressable) return sign;
  Object.assign(sign, { name: mine ? "off" : "on", value: emoji, ariaPressed: String(mine), ariaLabel: `${name}: ${count}` });
  sign.setAttribute("form", "verb");
  sign.setAttribute("formaction", `${home}${room}/${number}/`);
  sign.dataset.users = users.join(" ");
  return sign;
}
