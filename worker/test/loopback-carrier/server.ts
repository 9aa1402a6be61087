import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { wait } from "./callbacks.ts";
import { LoopbackCarrier, type Told } from "./carrier.ts";
import { FAULT_MODES, type FaultMode } from "./faults.ts";
import { receiveMessage } from "./incoming.ts";
import type { LoopbackOptions } from "./options.ts";

/** A loopback carrier that listens. */
export interface RunningCarrier {
	carrier: LoopbackCarrier;
	/** For TWILIO_API_BASE_URL. */
	url: string;
	/** Waits until every call has made its last callback. */
	quiet(): Promise<void>;
	stop(): Promise<void>;
}

/** What is held back, sent twice or sent again has arrived by then. */
const LATE_MS = 1_000;

/** Starts a loopback carrier on 127.0.0.1; port 0 takes any that is free. */
export async function startLoopbackCarrier(
	options: Partial<LoopbackOptions> & { port?: number } = {},
): Promise<RunningCarrier> {
	const { port = 0, ...behaviour } = options;
	const carrier = new LoopbackCarrier(behaviour);
	const server = createServer((request, response) => {
		serve(carrier, request, response).catch(() => response.destroy());
	});
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
	const { port: taken } = server.address() as AddressInfo;
	return {
		carrier,
		url: `http://127.0.0.1:${taken}`,
		async quiet() {
			while (carrier.live > 0) await wait(100);
			await wait(LATE_MS);
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function serve(carrier: LoopbackCarrier, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const at = performance.now();
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	const body = Buffer.concat(chunks).toString("utf8");
	const path = request.url ?? "/";
	const method = request.method ?? "GET";
	if (path.startsWith("/control/"))
		return answer(response, await control(carrier, method, new URL(path, "http://loopback"), body));
	const { authorization = null, "content-type": contentType = null } = request.headers;
	answer(response, await carrier.handle({ method, path, authorization, contentType, body, at }));
}

function answer(response: ServerResponse, told: Told): void {
	if (told === "cut") response.destroy();
	else if (told !== "silence") response.writeHead(told.status, told.headers).end(told.body);
}

const json = (body: unknown, status = 200): Told => ({
	status,
	headers: { "content-type": "application/json" },
	body: JSON.stringify(body),
});

/** What a test, or a person with curl, may ask of the carrier beside its API. */
async function control(carrier: LoopbackCarrier, method: string, url: URL, body: string): Promise<Told> {
	switch (`${method} ${url.pathname}`) {
		case "GET /control/report":
			return json(carrier.report());
		case "POST /control/faults": {
			const mode = FAULT_MODES.find((each) => each === url.searchParams.get("mode"));
			if (!mode) return json({ error: `mode is one of ${FAULT_MODES.join(", ")}` }, 422);
			carrier.faults.arm(faultIn(url.searchParams, mode));
			return json({ armed: mode });
		}
		case "DELETE /control/faults":
			carrier.faults.clear();
			return json({});
		case "PATCH /control/options":
			Object.assign(carrier.options, JSON.parse(body));
			return json({});
		case "POST /control/messages":
			return (await receiveMessage(carrier, JSON.parse(body))) ? json({}, 201) : json({ error: "no such line" }, 404);
		default:
			return json({ error: "not found" }, 404);
	}
}

function faultIn(query: URLSearchParams, mode: FaultMode) {
	const number = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined);
	return { mode, operation: query.get("operation") ?? undefined, times: number("times"), share: number("share") };
}
