// The peer of the hub: Socket.IO on Node, one room, a token check by HMAC, `typing` passed on to the others.
import { createServer } from "node:http";
import { createHmac, timingSafeEqual } from "node:crypto";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { perMessageDeflate: false, transports: ["websocket"], pingInterval: 20000, pingTimeout: 20000 });
const wanted = createHmac("sha256", "bench").update("token").digest();

io.use((socket, next) => {
  const given = createHmac("sha256", "bench").update(String(socket.handshake.auth.token)).digest();
  next(timingSafeEqual(given, wanted) ? undefined : new Error("bad token"));
});
io.on("connection", (socket) => {
  socket.on("join_chat", (data, done) => {
    socket.join(`request_${data.request_id}`);
    done({ ok: true });
  });
  socket.on("typing", (data, done) => {
    socket.to(`request_${data.request_id}`).emit("user_typing", { user_id: socket.id, ...data });
    done({ ok: true });
  });
});
http.listen(Number(process.argv[2]), "127.0.0.1");
