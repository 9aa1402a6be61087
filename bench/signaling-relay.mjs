// `node signaling-relay.mjs bare|socket.io|peer [MODULES]`: what one of two says goes to the other. In a process of its own.
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { WebSocketServer } from "ws";

const [, , kind = "bare", modules = "."] = process.argv;
const require = createRequire(join(modules, "peers.cjs"));

/** Nobody is asked meanwhile whether they are still there. */
const AWAY_MS = 3_600_000;

const RELAYS = {
	/** The least that a relay can be. */
	bare(server) {
		const sockets = new WebSocketServer({ server, perMessageDeflate: false });
		sockets.on("connection", (socket) => {
			socket.on("message", (data, isBinary) => {
				for (const other of sockets.clients) if (other !== socket) other.send(data, { binary: isBinary });
			});
		});
	},
	"socket.io"(server) {
		const { Server } = require("socket.io");
		new Server(server, { transports: ["websocket"], pingInterval: AWAY_MS }).on("connection", (socket) => {
			socket.on("signal", (data) => socket.broadcast.emit("signal", data));
		});
	},
	peer(server) {
		const { ExpressPeerServer } = require("peer");
		const app = require("express")();
		server.on("request", app);
		app.use("/", ExpressPeerServer(server, { path: "/", key: "bench", alive_timeout: AWAY_MS }));
	},
};

const server = createServer();
RELAYS[kind](server);
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send({ port: server.address().port });
process.once("disconnect", () => process.exit());
