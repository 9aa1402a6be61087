// The loopback carrier as a process of its own, so that the product and its peers meet the same one and share no event loop with it.
import { startLoopbackCarrier } from "../worker/test/loopback-carrier/server.ts";

/** Nobody is there: one callback per call and at once, for measuring how fast calls are placed. */
const nobody = { outcome: "busy", answersAfter: 0, keys: [], reactsAfter: 0, hangsUpAfter: null, talksFor: 0 };

const { carrier, url } = await startLoopbackCarrier({
	latencyMs: Number(process.argv[2] ?? 20),
	callbacks: "completed",
	personAt: () => nobody,
});
process.send({ origin: url });
process.on("message", (asked) => {
	if (asked === "forget") carrier.forget();
	const { arrivals, maxInFlight, violations } = carrier.report();
	process.send({ starts: arrivals, mostInFlight: maxInFlight, violations });
});
process.once("disconnect", () => process.exit());
