// For whoever forces renegotiation from outside: the lines of a call, what relays answered, and a gate
// that holds the next offer of every line until it is opened.
(() => {
  const lines = [];
  const refusals = [];
  const Plain = RTCPeerConnection;
  let gate = null;
  let collisions = 0;
  globalThis.RTCPeerConnection = class extends Plain {
    constructor(...args) {
      super(...args);
      lines.push(this);
      this.addEventListener("icecandidateerror", ({ errorCode }) => refusals.push(errorCode));
    }

    async setLocalDescription(...args) {
      if (gate && this.signalingState === "stable") {
        gate.waiting += 1;
        await gate.opened;
      }
      return super.setLocalDescription(...args);
    }

    async setRemoteDescription(description) {
      if (description.type === "offer" && this.signalingState === "have-local-offer") collisions += 1;
      return super.setRemoteDescription(description);
    }
  };
  const open = () => lines.filter(({ signalingState }) => signalingState !== "closed");
  const tag = (description) => /a=ice-ufrag:(\S+)/.exec(description?.sdp ?? "")?.[1] ?? "";
  const received = async (pc) =>
    [...(await pc.getStats()).values()].find(
      ({ type, kind }) => type === "inbound-rtp" && kind === "audio",
    )?.bytesReceived ?? 0;

  globalThis.linesHook = {
    refusals,
    restart: () => open().forEach((pc) => pc.restartIce()),
    /** Both ends' names of the one connection; they change with each new way. */
    tags: () => open().map((pc) => [tag(pc.localDescription), tag(pc.remoteDescription)]),
    hold: () => {
      let release = null;
      gate = { waiting: 0, opened: new Promise((done) => (release = done)) };
      gate.open = release;
    },
    held: async () => {
      while (!gate.waiting) await new Promise((done) => setTimeout(done, 1));
    },
    /** All pages of one machine at the same moment; does not wait for it. */
    openAt: (wallMs) => {
      const { open: release } = gate;
      gate = null;
      setTimeout(release, wallMs - Date.now());
    },
    collisions: () => collisions,
    /** Until the one line is on a new way, at rest and bringing sound; in ms, or what is wrong. */
    settled: async (before, withinMs) => {
      const began = performance.now();
      let bytes = null;
      let state = "";
      while (performance.now() - began < withinMs) {
        const [pc, ...more] = open();
        const [mine, theirs] = [tag(pc?.localDescription), tag(pc?.remoteDescription)];
        const fresh = mine !== before[0] && theirs !== before[1];
        state = `${1 + more.length} lines, ${pc?.connectionState}, ${pc?.signalingState}, new way: ${fresh}, ${bytes} B`;
        if (!more.length && fresh && pc.signalingState === "stable" && pc.connectionState === "connected") {
          const now = await received(pc);
          if (bytes !== null && now > bytes) return performance.now() - began;
          bytes ??= now;
        }
        await new Promise((done) => setTimeout(done, 10));
      }
      return state;
    },
  };
})();
