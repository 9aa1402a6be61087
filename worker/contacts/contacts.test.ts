import { describe, expect, it } from "vitest";
import { openAccount } from "../test/house";

const json = (reply: Response) => reply.json<Record<string, unknown>>();

describe("contacts", () => {
	it("know where a number is and when it may be called", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/contacts", {
			phoneNumber: "(415) 555-2671",
			country: "US",
			firstName: "Ann",
		});

		expect(reply.status).toBe(201);
		expect(await json(reply)).toMatchObject({
			userId: account.userId,
			phoneNumber: "+14155552671",
			formatted: "+1 415 555 2671",
			country: "US",
			zones: ["America/Los_Angeles"],
			timeZone: null,
			firstName: "Ann",
			lastName: "",
			customFields: {},
		});
	});
});
