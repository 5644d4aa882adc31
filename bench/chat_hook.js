// Put on a page before it loads: when the log first stood there, how long frames took, and a way
// to let a message come as if the server had told it.
(() => {
  const bench = { firstPaintMs: null, snapshotMs: null, seq: 0 };
  globalThis.__chatBench = bench;

  const Real = globalThis.WebSocket;
  globalThis.WebSocket = class extends Real {
    constructor(...args) {
      super(...args);
      bench.socket = this;
      this.addEventListener("message", ({ data }) => {
        const frame = JSON.parse(data);
        if (frame.type === "room:snapshot") bench.snapshotMs ??= performance.now();
        if (typeof frame.seq === "number") bench.seq = frame.seq;
      });
    }
  };

  const painted = () => requestAnimationFrame(() => setTimeout(() => {
    bench.firstPaintMs ??= performance.now();
  }));
  const seen = new MutationObserver(() => {
    if (!document.querySelector("[data-message]")) return;
    seen.disconnect();
    painted();
  });
  seen.observe(document, { subtree: true, childList: true });

  const log = () => document.querySelector("[data-chat-log]");
  const frame = () => new Promise((done) => requestAnimationFrame(done));

  /** From one end, by so much each frame. */
  bench.fling = async (byPx, frames) => {
    log().scrollTop = byPx > 0 ? 0 : log().scrollHeight;
    await frame();
    for (let n = 0; n < frames; n++) {
      log().scrollTop += byPx;
      await frame();
    }
  };

  /** A message of somebody else; ms until it is painted. */
  bench.hear = async (author, number) => {
    await frame();
    const began = performance.now();
    const seq = ++bench.seq;
    const message = {
      id: `bench-${number}`, seq, kind: "text", body: `a new message, number ${number}`, author,
      deed: null, created_at: new Date().toISOString(), edited_at: null, item_id: null,
      media_time: null, reply_to: null, nonce: null,
    };
    const data = JSON.stringify({ type: "chat:message", message, nonce: `bench-${number}`, seq });
    bench.socket.dispatchEvent(new MessageEvent("message", { data }));
    await frame();
    await new Promise((done) => setTimeout(done));
    return performance.now() - began;
  };
})();
