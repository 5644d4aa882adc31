// A shelf of microphones whose plugs a test pulls: the browser's own fake devices, of which those
// that are unplugged are not listed, not opened, and end their tracks, as the specification says.
(() => {
  const { mediaDevices } = navigator;
  const out = new Set();
  const open = [];
  const isOut = ({ label }) => [...out].some((name) => label.includes(name));
  const listAll = mediaDevices.enumerateDevices.bind(mediaDevices);
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  const isInput = ({ kind }) => kind === "audioinput";
  mediaDevices.enumerateDevices = async () => (await listAll()).filter((one) => !isInput(one) || !isOut(one));
  mediaDevices.getUserMedia = async (wanted) => {
    const left = (await mediaDevices.enumerateDevices()).filter(isInput);
    const exact = wanted.audio?.deviceId?.exact;
    if (!left.length) throw new DOMException("Requested device not found", "NotFoundError");
    if (exact && !left.some(({ deviceId }) => deviceId === exact))
      throw new OverconstrainedError("deviceId");
    const stream = await ask(exact ? wanted : { audio: { ...wanted.audio, deviceId: { exact: left[0].deviceId } } });
    open.push(...stream.getTracks());
    return stream;
  };
  globalThis.unplug = (...names) => {
    for (const name of names) out.add(name);
    for (const track of open.filter(({ readyState }) => readyState === "live").filter(isOut)) {
      track.stop(); // silent by the specification: only a device that goes tells
      track.dispatchEvent(new Event("ended"));
    }
    mediaDevices.dispatchEvent(new Event("devicechange"));
  };
  globalThis.plugIn = (name) => {
    out.delete(name);
    mediaDevices.dispatchEvent(new Event("devicechange"));
  };
  globalThis.openMicrophones = () => open.filter(({ readyState }) => readyState === "live").map(({ label }) => label);
})();
