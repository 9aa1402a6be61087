import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ACCOUNT_SID, AUTH_TOKEN } from "./options.ts";
import { startLoopbackCarrier } from "./server.ts";

export { startLoopbackCarrier };

const OPTIONS = {
	port: { type: "string", default: "8830" },
	"base-url": { type: "string" },
	"account-sid": { type: "string", default: ACCOUNT_SID },
	"auth-token": { type: "string", default: AUTH_TOKEN },
	latency: { type: "string", default: "0" },
	speed: { type: "string", default: "1000" },
	"max-concurrent": { type: "string", default: "Infinity" },
	callbacks: { type: "string", default: "all" },
	duplicate: { type: "string", default: "0" },
	reorder: { type: "string", default: "0" },
	lose: { type: "string", default: "0" },
	"callback-delay": { type: "string", default: "0" },
};

/** The callbacks' own addresses name a public host; with --base-url they go to this origin, signed for the public one. */
function senderTo(origin) {
	if (!origin) return {};
	return {
		send: async (request) => {
			const { pathname, search } = new URL(request.url);
			const { method, headers } = request;
			return fetch(new URL(pathname + search, origin), { method, headers, body: await request.text() });
		},
	};
}

async function run() {
	const { values } = parseArgs({ options: OPTIONS });
	const { url, stop } = await startLoopbackCarrier({
		port: Number(values.port),
		accountSid: values["account-sid"],
		authToken: values["auth-token"],
		latencyMs: Number(values.latency),
		speed: Number(values.speed),
		maxConcurrent: Number(values["max-concurrent"]),
		callbacks: values.callbacks,
		duplicate: Number(values.duplicate),
		reorder: Number(values.reorder),
		lose: Number(values.lose),
		callbackDelayMs: Number(values["callback-delay"]),
		...senderTo(values["base-url"]),
	});
	console.log(`Loopback carrier at ${url}, account ${values["account-sid"]}`);
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop().then(() => process.exit(0)));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await run();
