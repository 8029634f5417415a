// Socket.IO clients as browsers use them, driven by JSON lines on stdin; what they hear goes out as JSON lines.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const sockets = new Map();
const tell = (line) => process.stdout.write(JSON.stringify(line) + "\n");

const orders = {
  connect({ name, url, token, transports }) {
    const socket = io(url, {
      // A function, as the portals do it: a reconnection sends the newest token.
      auth: (send) => send({ token: socket.lersToken }),
      transports,
      forceNew: true,
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
    });
    socket.lersToken = token;
    sockets.set(name, socket);
    socket.on("connect", () => tell({ name, event: "connect", data: socket.io.engine.transport.name }));
    socket.on("connect_error", (error) =>
      tell({ name, event: "connect_error", data: { message: error.message, data: error.data ?? null } }),
    );
    socket.on("disconnect", (reason) => tell({ name, event: "disconnect", data: reason }));
    socket.io.engine?.on("upgrade", (transport) => tell({ name, event: "upgrade", data: transport.name }));
    socket.onAny((event, data) => tell({ name, event, data }));
  },
  async ask({ name, event, payload }) {
    return await sockets.get(name).timeout(10_000).emitWithAck(event, payload);
  },
  token({ name, token }) {
    sockets.get(name).lersToken = token;
  },
  close({ name }) {
    sockets.get(name).disconnect();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  Promise.resolve(orders[order.do](order))
    .then((answer) => tell({ n: order.n, answer: answer ?? null }))
    .catch((error) => tell({ n: order.n, failed: String(error) }));
}
for (const socket of sockets.values()) socket.disconnect();
