/** A time in what one writes, chosen from the browser's own calendar; everybody reads it by their own clock. */

/** Open the row above the field of `form`, or go back to it. */
export function pick(form, button) {
  const row = document.querySelector(".when-at") ?? begin(form, button);
  row.querySelector("input").focus();
}

function begin(form, button) {
  const row = form.querySelector("[data-when]").content.firstElementChild.cloneNode(true);
  const input = row.querySelector("input");
  const end = (back) => {
    row.remove();
    back.focus();
  };
  const insert = () => {
    if (!input.value) return input.focus();
    put(form.elements.body, `<time:${input.value.slice(0, 16)}>`);
    end(form.elements.body);
  };
  row.querySelector("[data-insert]").addEventListener("click", insert);
  row.querySelector("[data-give-up]").addEventListener("click", () => end(button));
  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end(button);
    else if (event.key === "Enter" && event.target === input) insert();
    else return;
    event.preventDefault();
  });
  form.before(row);
  return row;
}

/** Where the cursor is, apart from the words around it. */
function put(field, text) {
  const before = field.value.slice(0, field.selectionStart);
  const apart = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(`${apart}${text} `, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
