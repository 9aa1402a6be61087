import { beat, findBeat, isDue } from "../operations/store";
import type { House } from "../scope";
import { IncomingForm } from "./inputs";
import { receive } from "./receive";
import { knownRefsAnyAccount } from "./store";

const EVERY_MS = 5 * 60_000;
/** How far back the first look goes. */
const FIRST_MS = 24 * 3_600_000;
/** Looks overlap by so much: the carrier's list is not always up to date at once. */
const OVERLAP_MS = 15 * 60_000;

/** Every five minutes: asks the carrier what came in, and keeps what no webhook told. Goes on from the last look that succeeded, however long ago. */
export async function pullMissed(house: House): Promise<void> {
	if (await isDue(house.db, "messages_pull", EVERY_MS, house.now())) await pullNow(house);
}

/** One look. Returns how many messages no webhook had told. */
export async function pullNow(house: House): Promise<number> {
	const { db, carrier } = house;
	const began = house.now();
	const last = await findBeat(db, "messages_pulled");
	const since = last === null ? began - FIRST_MS : last - OVERLAP_MS;
	const received = await carrier.receivedMessages({ since });
	const known = await knownRefsAnyAccount(
		db,
		received.map(({ ref }) => ref),
	);
	const missed = received.filter(({ ref }) => !known.has(ref)).sort((one, other) => one.createdAt - other.createdAt);
	for (const { ref, from, to, body, mediaCount } of missed)
		await receive(house, IncomingForm.parse({ MessageSid: ref, From: from, To: to, Body: body, NumMedia: mediaCount }));
	await beat(db, "messages_pulled", began);
	return missed.length;
}
