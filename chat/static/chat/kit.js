/** What every page of Talk runs on, in one file: the modules that fetch nothing later by themselves. */

import "./api.js";
import "./beside.js";
import "./clean.js";
import "./drafts.js";
import "./outbox.js";
import "./reader.js";
import "./rooms.js";
import "./status.js";
import "./store.js";
import "./words.js";
