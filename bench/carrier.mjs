// The loopback carrier as a process of its own, so that the product and its peers meet the same one and share no event loop with it.
import { startCarrier } from "../worker/local/carrier/server.mjs";
import { nobody } from "../worker/local/carrier/story.mjs";

const carrier = await startCarrier({ latencyMs: Number(process.argv[2] ?? 20), story: nobody });
process.send({ origin: carrier.origin });
process.on("message", (asked) => {
	if (asked === "forget") carrier.forget();
	process.send({ starts: carrier.record.starts, mostInFlight: carrier.record.mostInFlight });
});
process.once("disconnect", () => process.exit());
