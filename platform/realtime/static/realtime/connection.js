/**
 * One socket, kept up: full jitter from 1 s doubling to 60 s (closed at 4401 for good). Knows frames, not rooms. Each
 * frame is also an event of the document (`exchange:frame`), for parts of a page that have no socket of their own.
 */

import { count } from "./meter.js";

const FIRST = 1000;
const LONGEST = 60_000;
const GREETING = 20_000;
const ANSWER = 10_000;
const SIGNED_OUT = 4401;

export class Connection {
  /**
   * `hello()` makes the first frame, `hear(frame)` gets each one, `turn(state, fails)` says `live`, `away`, `out`. Where
   * the server greets somebody else than `person`, they have signed in since, and it is as if one had signed out.
   */
  constructor({ url, person, hello, hear, turn }) {
    Object.assign(this, { url, person, hello, hear, turn, fails: 0, beat: 30, out: false });
    addEventListener("offline", () => this.drop());
    addEventListener("online", () => this.soon());
    document.addEventListener("visibilitychange", () => !document.hidden && this.soon());
    addEventListener("pagehide", () => this.drop());
    addEventListener("pageshow", (event) => event.persisted && this.soon());
  }

  /** Connect now. */
  open() {
    clearTimeout(this.timer);
    if (this.socket || this.out) return;
    const socket = new WebSocket(new URL(this.url, location.href.replace(/^http/, "ws")));
    this.socket = socket;
    socket.onopen = () => this.send(this.hello());
    socket.onmessage = ({ data }) => {
      count(data);
      if (this.socket === socket) this.take(JSON.parse(data));
    };
    socket.onclose = ({ code }) => this.socket === socket && this.lost(code);
    this.listen(GREETING);
  }

  /** Send a frame; false when there is no open socket to take it. */
  send(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    const text = JSON.stringify(frame);
    count(text);
    this.socket.send(text);
    return true;
  }

  take(frame) {
    this.listen();
    if (frame.type === "welcome") {
      if (this.person && frame.user.id !== this.person) return this.drop(SIGNED_OUT);
      this.fails = 0;
      this.beat = frame.beat ?? this.beat;
      this.turn("live", 0);
    }
    this.hear(frame);
    document.dispatchEvent(new CustomEvent("exchange:frame", { detail: frame }));
  }

  /** Nothing heard for two beats and a half: the line is dead, whatever the socket believes. */
  listen(patience = this.beat * 2500) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.drop(), patience);
  }

  drop(code = 0) {
    const socket = this.socket;
    if (!socket) return;
    this.lost(code);
    socket.close();
  }

  lost(code) {
    this.socket = null;
    clearTimeout(this.silence);
    this.out = code === SIGNED_OUT;
    this.fails += 1;
    this.turn(this.out ? "out" : "away", this.fails);
    const most = Math.min(LONGEST, FIRST * 2 ** (this.fails - 1));
    if (!this.out) this.timer = setTimeout(() => this.open(), Math.random() * most);
  }

  soon() {
    if (!this.socket) this.open();
    else if (this.send({ type: "ping" })) this.listen(ANSWER);
  }
}
