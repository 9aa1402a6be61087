import { DurableObject } from "cloudflare:workers";
import { SignalingRoom as Room, default as worker } from "../worker/index";

export * from "../worker/index";

// The Worker as it is, with its rooms counted as they come up: a room that slept comes up again. For bench/signaling.mjs.
let cameUp = 0;

type Env = ConstructorParameters<typeof Room>[1];

export class SignalingRoom extends Room {
	constructor(state: DurableObjectState, env: Env) {
		super(state, env);
		cameUp++;
	}
}

/** The least that an object with sleeping sockets can be: what one of them says goes to the others, unread. */
export class Floor extends DurableObject<Env> {
	override async fetch(): Promise<Response> {
		const { 0: client, 1: socket } = new WebSocketPair();
		this.ctx.acceptWebSocket(socket);
		return new Response(null, { status: 101, webSocket: client });
	}

	override webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): void {
		for (const other of this.ctx.getWebSockets()) if (other !== socket) other.send(raw);
	}

	override webSocketClose(socket: WebSocket): void {
		socket.close(1000);
	}
}

/** The same for sockets that keep their object awake, and are paid for as long as they are open. */
export class Awake extends DurableObject<Env> {
	readonly #sockets = new Set<WebSocket>();

	override async fetch(): Promise<Response> {
		const { 0: client, 1: socket } = new WebSocketPair();
		socket.accept();
		this.#sockets.add(socket);
		socket.addEventListener("message", ({ data }) => {
			for (const other of this.#sockets) if (other !== socket) other.send(data);
		});
		return new Response(null, { status: 101, webSocket: client });
	}
}

export default {
	...worker,
	fetch(request, env, context) {
		const { pathname } = new URL(request.url);
		if (pathname === "/api/bench/rooms") return Response.json({ cameUp });
		const floor = pathname.split("/api/bench/floor/")[1];
		if (floor) return env.FLOOR.getByName(floor).fetch(request);
		const awake = pathname.split("/api/bench/awake/")[1];
		return awake ? env.AWAKE.getByName(awake).fetch(request) : worker.fetch(request, env, context);
	},
} satisfies ExportedHandler<Env & { FLOOR: DurableObjectNamespace<Floor>; AWAKE: DurableObjectNamespace<Awake> }>;
