import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { app } from "../../app";
import { callAs } from "../../test/access-matrix.people";
import { openAccount, type TestAccount } from "../../test/house";

let next = 2_000_000;
/** A valid number of the United Kingdom that no other test has. */
const freshNumber = () => `+4477${String(next++).padStart(8, "0")}`.replace("+44770", "+44771");
const save = (account: TestAccount, phoneNumber: string, more: object = {}) =>
	callAs(account.token, "/api/users/phone", { phoneNumber, ...more }, "PATCH");
const lookUp = (account: TestAccount, phoneNumber: string) =>
	account.call(`/api/users/lookup/phone?phoneNumber=${encodeURIComponent(phoneNumber)}`);
const unknown = { success: true, data: { exists: false } };

describe("the personal number", () => {
	it("is checked, saved and found as the contract prints it", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];
		await callAs(ada.token, `/api/profiles/${ada.userId}`, { fullName: "Ada" }, "PATCH");
		const number = freshNumber();

		const checked = await ada.call("/api/users/phone/check", { phoneNumber: number });
		const saved = await save(ada, number);
		const found = await lookUp(bob, number);

		expect(await checked.json()).toEqual({
			success: true,
			data: { available: true, message: "Phone number is available" },
		});
		expect(await saved.json()).toEqual({
			success: true,
			data: { personalPhoneNumber: number, message: "Phone number updated successfully" },
		});
		expect(await found.json()).toEqual({
			success: true,
			data: { exists: true, care4wId: expect.stringMatching(/^care4w-/), displayName: "Ada" },
		});
		const settings = await (await ada.call("/api/users/settings")).json();
		expect(settings).toMatchObject({ settings: { personalPhoneNumber: number } });
	});

	it("belongs to one: a second is told that it is taken, and 409", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];
		const number = freshNumber();
		await save(ada, number);

		const checked = await bob.call("/api/users/phone/check", { phone_number: number });
		const saved = await save(bob, number);

		expect(await checked.json()).toMatchObject({ success: true, data: { available: false } });
		expect(saved.status).toBe(409);
	});

	it("is unique by its national part, whatever the country", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];
		const first = await save(ada, "+4915123456789");

		const same = await save(bob, "+33 1 51 23 45 67 89");
		await env.DB.prepare(
			"UPDATE users SET personal_national = '612345678', personal_e164 = '+31612345678' WHERE id = ?",
		)
			.bind(ada.userId)
			.run();
		const abroad = await save(bob, "+33612345678");

		expect([first.status, same.status, abroad.status]).toEqual([200, 422, 409]);
	});

	it("goes to one of ten who want it at the same moment", async () => {
		const accounts = await Promise.all(Array.from({ length: 10 }, () => openAccount()));
		const number = freshNumber();

		const replies = await Promise.all(accounts.map((account) => save(account, number)));

		expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
	});

	it("is free again when its owner takes another, or none", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];
		const [one, two] = [freshNumber(), freshNumber()];
		await save(ada, one);
		await save(ada, two);

		const first = await save(bob, one);
		await callAs(ada.token, "/api/users/phone", undefined, "DELETE");
		const second = await save(bob, two);

		expect([first.status, second.status]).toEqual([200, 200]);
	});

	it("may be saved again by its owner", async () => {
		const ada = await openAccount();
		const number = freshNumber();
		await save(ada, number);

		expect((await save(ada, number)).status).toBe(200);
		const checked = await ada.call("/api/users/phone/check", { phoneNumber: number });
		expect(await checked.json()).toMatchObject({ data: { available: true } });
	});

	it.each([
		["in the country given", { country: "GB" }],
		["in the country's name", { country: "United Kingdom" }],
	])("is read %s", async (_, more) => {
		const ada = await openAccount();
		const number = freshNumber();

		const reply = await save(ada, `0${number.slice(3)}`, more);

		expect(await reply.json()).toMatchObject({ data: { personalPhoneNumber: number } });
	});

	it("is read in the user's own country", async () => {
		const ada = await openAccount();
		await callAs(ada.token, "/api/users/settings", { country: "GB" }, "PATCH");
		const number = freshNumber();

		const reply = await save(ada, `0${number.slice(3)}`);

		expect(await reply.json()).toMatchObject({ data: { personalPhoneNumber: number } });
	});

	it.each([
		"+15551234567",
		"911",
		"hello",
		"+44 9",
		"+1 900 234 5678",
		"07712345678",
		`+44${"7".repeat(60)}`,
		"+447712345678;ext=5",
	])("is not %j", async (phoneNumber) => {
		const ada = await openAccount();

		expect((await save(ada, phoneNumber)).status).toBe(422);
	});

	it("is nobody's to set for somebody else", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];

		expect((await save(ada, freshNumber(), { userId: bob.userId })).status).toBe(404);
	});
});

describe("looking a number up", () => {
	it("says the same of an unknown number and of somebody who hides", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];
		const number = freshNumber();
		await save(ada, number);
		await callAs(ada.token, "/api/users/settings", { discoverable: false }, "PATCH");

		const hidden = await lookUp(bob, number);
		const nobody = await lookUp(bob, freshNumber());

		expect(await hidden.json()).toEqual(unknown);
		expect(await nobody.json()).toEqual(unknown);
		expect(hidden.headers.get("server-timing")).toBe(nobody.headers.get("server-timing"));
	});

	it("does not find who may not sign in", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];
		const number = freshNumber();
		await save(ada, number);
		await env.DB.prepare("UPDATE users SET status = 'suspended' WHERE id = ?").bind(ada.userId).run();

		expect(await (await lookUp(bob, number)).json()).toEqual(unknown);
	});

	it("takes an unencoded plus, and national digits", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];
		const number = freshNumber();
		await save(ada, number);

		const plus = await bob.call(`/api/users/lookup/phone?phoneNumber=${number}`);
		const national = await bob.call(`/api/users/lookup/phone?phone_number=0${number.slice(3)}`);

		expect(await plus.json()).toMatchObject({ data: { exists: true } });
		expect(await national.json()).toMatchObject({ data: { exists: true } });
	});

	it("is budgeted together with the check: twenty a minute", async () => {
		const ada = await openAccount();
		const strict = { ...env, RATE_LIMIT_SCALE: "1" };
		const ask = () =>
			app.request(
				"https://trunkline.test/api/users/lookup/phone?phoneNumber=%2B447712345678",
				{ headers: { authorization: `Bearer ${ada.token}` } },
				strict,
			);
		for (let asked = 0; asked < 20; asked++) expect((await ask()).status).toBe(200);

		const refused = await ask();

		expect(refused.status).toBe(429);
		expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
	});
});
