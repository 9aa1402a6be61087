import { describe, expect, it } from "vitest";
import { knock, openAccount } from "../test/house";

describe("operations", () => {
	it("says that it is well, and which carrier it speaks to", async () => {
		const reply = await knock("/api/health");

		expect(reply.status).toBe(200);
		expect(await reply.json()).toMatchObject({ status: "ok", carrier: "simulated" });
	});

	it("says that the database answers, in one round trip", async () => {
		const reply = await knock("/api/db-test");

		expect(await reply.json()).toMatchObject({ status: "connected" });
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});

	it("leads whoever asks for the API's description to the page to read and try it", async () => {
		const reply = await knock("/api/docs", { redirect: "manual" });

		expect(reply.status).toBe(302);
		expect(reply.headers.get("location")).toBe("/docs/api");
	});

	it("answers an unknown path in the contract's shape", async () => {
		const reply = await knock("/api/nowhere");

		expect(reply.status).toBe(404);
		expect(await reply.json()).toEqual({
			error: expect.any(String),
			code: "not_found",
			details: expect.any(String),
			requestId: expect.any(String),
		});
	});

	it("gives every test an account of its own", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });

		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});
});
