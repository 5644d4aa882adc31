/** The floor under every fan-out: sockets of node, one frame built once, written to all. No room, no rules. */

import { createHash } from "node:crypto";
import { createServer } from "node:http";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const members = new Set();

/** @param {Buffer} payload */
function frame(payload) {
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([head, payload]);
}

/** The payloads of a client's frames; short ones only, which is all that is sent here. @param {Buffer} data */
function* payloads(data) {
  let at = 0;
  while (at + 6 <= data.length) {
    const short = data[at + 1] & 127;
    const start = short < 126 ? at + 6 : at + 8;
    const size = short < 126 ? short : data.readUInt16BE(at + 2);
    yield data.subarray(start, start + size); // the mask is zeros
    at = start + size;
  }
}

const server = createServer();
server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1")
    .update(request.headers["sec-websocket-key"] + GUID)
    .digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.setNoDelay(true);
  members.add(socket);
  socket.write(frame(Buffer.from('{"type":"room:snapshot"}')));
  socket.on("close", () => members.delete(socket));
  socket.on("error", () => members.delete(socket));
  socket.on("data", (data) => {
    for (const payload of payloads(data)) {
      const told = frame(payload);
      for (const member of members) member.write(told);
    }
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1");
