/** The numbers of the open room: what is on screen, what is missing. It decides; others draw and ask. */

export class Store {
  /** `version` and `count` are the room's, `first` to `last` the messages on screen; `past` when more follow them. */
  constructor({ room, version, count, first, last, past }) {
    Object.assign(this, { room, version, count, first, last, past });
  }

  /** How many messages lie above `read`. */
  missing(read) {
    return this.count - read;
  }

  /** A live change: the messages to draw, or null when something is missing in between. */
  change(frame) {
    if (frame.version <= this.version) return [];
    if (frame.version > this.version + 1) return null;
    this.version = frame.version;
    return this.within(frame.message ? [frame.message] : []);
  }

  /** A page of changes: the messages to draw, or null when it begins past what is held. */
  changes(frame) {
    if (frame.since > this.version) return null;
    if (frame.version < this.version) return [];
    this.version = frame.version;
    return this.within(frame.messages);
  }

  /** Earlier messages, fetched by number. */
  earlier(messages) {
    if (messages.length) this.first = Math.min(this.first, messages[0].number);
    return messages;
  }

  /** Everything held is void; these are the last messages. */
  restart(messages, version) {
    this.first = messages[0]?.number ?? 1;
    this.last = messages.at(-1)?.number ?? 0;
    Object.assign(this, { version, count: this.last, past: false });
    return messages;
  }

  /** Those that stand on this page, with the numbers moved on. What lies outside the range is not drawn. */
  within(messages) {
    const shown = [];
    for (const message of [...messages].sort((one, other) => one.number - other.number)) {
      this.count = Math.max(this.count, message.number);
      if (!this.past && message.number > this.last) this.last = message.number;
      if (message.number >= this.first && message.number <= this.last) shown.push(message);
    }
    return shown;
  }
}
