// For whoever measures a call from outside: what came in and went out over each open connection.
(() => {
  const made = [];
  const Plain = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Plain {
    constructor(...args) {
      super(...args);
      made.push(this);
    }
  };
  globalThis.heardOf = async () => {
    const open = made.filter((pc) => pc.connectionState === "connected");
    return Promise.all(
      open.map(async (pc) => {
        const entries = [...(await pc.getStats()).values()];
        const of = (type) => entries.find((one) => one.type === type && one.kind === "audio");
        const local = entries.find(({ type, id }) => type === "local-candidate" && id === chosen(entries));
        return {
          number: made.indexOf(pc),
          bytes: of("inbound-rtp")?.bytesReceived ?? 0,
          packets: of("inbound-rtp")?.packetsReceived ?? 0,
          energy: of("inbound-rtp")?.totalAudioEnergy ?? 0,
          sent: of("outbound-rtp")?.bytesSent ?? 0,
          way: local?.candidateType ?? "",
          relayed_over: local?.relayProtocol ?? "",
        };
      }),
    );
  };
  const chosen = (entries) => {
    const transport = entries.find(({ type }) => type === "transport");
    return entries.find(({ id }) => id === transport?.selectedCandidatePairId)?.localCandidateId;
  };
})();
