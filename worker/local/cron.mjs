// What the installed wrangler offers; older ones knew the second address only.
const DOORS = ["/cdn-cgi/local/scheduled", "/cdn-cgi/handler/scheduled"];
const EVERY_MINUTE = "cron=*+*+*+*+*";

/** Rings the Worker's cron once. */
export async function fireCron(origin) {
	for (const door of DOORS) {
		const reply = await fetch(`${origin}${door}?${EVERY_MINUTE}`, { signal: AbortSignal.timeout(600_000) });
		await reply.body?.cancel();
		if (reply.status !== 404) return reply.ok;
	}
	return false;
}

/** Rings the Worker's cron at every full minute, as the platform does, until stopped: `wrangler dev` never does it by itself. */
export function keepTime(origin, onTrouble) {
	let timer;
	const next = () => {
		timer = setTimeout(ring, 60_000 - (Date.now() % 60_000));
	};
	const ring = () => {
		next(); // the platform does not wait for a slow tick either
		fireCron(origin).then(
			(well) => well || onTrouble("the cron's verbs did not end well"),
			(error) => onTrouble(`the cron could not be rung: ${error.message}`),
		);
	};
	next();
	return () => clearTimeout(timer);
}
