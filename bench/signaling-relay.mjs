import { WebSocketServer } from "ws";

// The least that a relay can be: what one of the two says goes to the other. In a process of its own.
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("connection", (socket) => {
	socket.on("message", (data, isBinary) => {
		for (const other of server.clients) if (other !== socket) other.send(data, { binary: isBinary });
	});
});
server.once("listening", () => process.send({ port: server.address().port }));
process.once("disconnect", () => process.exit());
