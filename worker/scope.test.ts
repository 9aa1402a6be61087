import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { house } from "./test/house";

it("opens the neighbours once for all requests, and the database for each", () => {
	const [first, second] = [house(), house()];

	expect(second.carrier).toBe(first.carrier);
	expect(second.assistants).toBe(first.assistants);
	expect(second.payments).toBe(first.payments);
	expect(second.db).not.toBe(first.db);
	expect(second.db.trips).not.toBe(first.db.trips);
	expect(first.audio).toBe(env.AUDIO);
});
