/** On Me: about how much data this device has used this month. */

import { used } from "../realtime/meter.js";

const line = document.querySelector("[data-used]");
const number = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "megabyte", maximumFractionDigits: 2 });

/** What the browser counted of this page so far belongs to it: it tells a moment later. */
setTimeout(() => {
  line.querySelector("b").textContent = number.format(used() / 1e6);
  line.hidden = false;
}, 0);
