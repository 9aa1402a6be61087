import { env, exports } from "cloudflare:workers";
import * as z from "zod";
import { type ClientFrame, parseFrame, ServerFrame, SUBPROTOCOL } from "../signaling/protocol";
import { openAccount, type TestAccount } from "./house";

const Way = z.object({ mode: z.literal("webrtc"), identity: z.string(), ticket: z.string() });

/** What a person's browser needs to enter its room. */
export async function askTicket(account: Pick<TestAccount, "call">): Promise<{ identity: string; ticket: string }> {
	return Way.parse(await (await account.call("/api/calls/token")).json());
}

/** Knocks at a room as a browser does. */
export function enter(
	identity: string,
	ticket: string | null,
	headers: Record<string, string> = {},
): Promise<Response> {
	const shown: Record<string, string> =
		ticket === null ? {} : { "sec-websocket-protocol": `${SUBPROTOCOL}, ${ticket}` };
	return exports.default.fetch(
		new Request(`https://trunkline.test/api/signaling/${encodeURIComponent(identity)}`, {
			headers: { upgrade: "websocket", ...shown, ...headers },
		}),
	);
}

type Heard<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>;

/** A browser in its room: says frames and waits for frames. */
export class Device {
	readonly identity: string;
	readonly frames: ServerFrame[] = [];
	closedWith: number | null = null;
	resume = "";
	readonly #socket: WebSocket;
	#wake = () => {};

	constructor(identity: string, socket: WebSocket) {
		this.identity = identity;
		this.#socket = socket;
		socket.addEventListener("message", ({ data }) => {
			const frame = parseFrame(ServerFrame, String(data));
			if (frame) this.frames.push(frame);
			this.#wake();
		});
		socket.addEventListener("close", ({ code }) => {
			this.closedWith = code;
			this.#wake();
		});
		socket.accept();
	}

	say(frame: z.input<typeof ClientFrame>): void {
		this.#socket.send(JSON.stringify(frame));
	}

	sayRaw(raw: string | ArrayBuffer): void {
		this.#socket.send(raw);
	}

	/** The next frame of this type, taken off what was heard. */
	async hears<Type extends ServerFrame["type"]>(type: Type): Promise<Heard<Type>> {
		for (;;) {
			const at = this.frames.findIndex((frame) => frame.type === type);
			if (at >= 0) return this.frames.splice(at, 1)[0] as Heard<Type>;
			if (this.closedWith !== null) throw new Error(`closed with ${this.closedWith} before it heard ${type}`);
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
	}

	async closes(): Promise<number> {
		while (this.closedWith === null)
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		return this.closedWith;
	}

	close(): void {
		this.#socket.close(1000, "");
	}
}

/** Opens one more device of this account and says hello. */
export async function openDevice(account: Pick<TestAccount, "call">, resume?: string): Promise<Device> {
	const { identity, ticket } = await askTicket(account);
	const { webSocket, status } = await enter(identity, ticket);
	if (!webSocket) throw new Error(`the room refused: ${status}`);
	const device = new Device(identity, webSocket);
	device.say({ type: "hello", v: 1, ...(resume ? { resume } : {}) });
	const welcome = await device.hears("welcome");
	device.resume = welcome.resume;
	device.frames.unshift(welcome);
	return device;
}

/** Goes as a caller into the room of the one who is called. */
export async function enterAsGuest(identity: string, ticket: string | undefined): Promise<Device> {
	const { webSocket, status } = await enter(identity, ticket ?? null);
	if (!webSocket) throw new Error(`the room refused: ${status}`);
	return new Device(identity, webSocket);
}

/** A person with one device in its room. */
export async function openPerson(): Promise<{ account: TestAccount; device: Device; identity: string }> {
	const account = await openAccount();
	const device = await openDevice(account);
	return { account, device, identity: device.identity };
}

export const roomOfPerson = (identity: string) => env.SIGNALING_ROOM.getByName(identity);

export const SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n";

const Log = z.object({
	items: z.array(z.object({ direction: z.string(), status: z.string(), duration: z.number(), missed: z.boolean() })),
});

/** A person's call log, once it has `count` lines. */
export async function logOf({ call }: Pick<TestAccount, "call">, count = 1) {
	for (let tries = 0; tries < 100; tries++) {
		const { items } = Log.parse(await (await call("/api/calls")).json());
		if (items.length >= count) return items;
		await scheduler.wait(20);
	}
	throw new Error(`the log never had ${count} lines`);
}
