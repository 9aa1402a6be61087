import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { draftCampaign } from "../test/campaign";
import { knock, openAccount } from "../test/house";

describe("campaigns", () => {
	it("creates a draft with everything in its place and nothing counted", async () => {
		const account = await openAccount();
		const draft = await draftCampaign(account, {
			fields: {
				description: "Ten per cent off",
				schedule: {
					startsAt: "2030-01-01T08:00:00+01:00",
					window: { start: "10:00", end: "18:30", days: [5, 1, 1] },
					outsideHours: "skip",
				},
				pacing: { callsPerSecond: 0.5, maxConcurrent: 4 },
				retries: { maxAttempts: 3, delaySeconds: 120 },
			},
		});

		const campaign = await (await account.call(`/api/campaigns/${draft.id}`)).json();

		expect(campaign).toMatchObject({
			id: draft.id,
			userId: account.userId,
			status: "draft",
			transferNumber: draft.transferNumber,
			callerNumbers: [draft.caller],
			schedule: {
				startsAt: "2030-01-01T07:00:00.000Z",
				window: { start: "10:00", end: "18:30", days: [1, 5] },
				outsideHours: "skip",
				unknownZone: "skip",
			},
			pacing: { callsPerSecond: 0.5, maxConcurrent: 4 },
			retries: { maxAttempts: 3, delaySeconds: 120 },
			progress: 0,
			totalCalls: 0,
			answeredCalls: 0,
			transferredCalls: 0,
			failedCalls: 0,
		});
	});

	it("lists the account's own, newest first, in one round trip", async () => {
		const account = await openAccount();
		const older = await draftCampaign(account);
		const newer = await draftCampaign(account);
		await draftCampaign(await openAccount());

		const reply = await account.call(`/api/campaigns?user_id=${account.userId}`);

		expect((await reply.json<{ id: string }[]>()).map(({ id }) => id)).toEqual([newer.id, older.id]);
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});

	it.each([
		["an empty title", { title: " " }],
		["a title of 100,000 characters", { title: "x".repeat(100_000) }],
		["a status", { status: "completed" }],
		["counters", { answered_calls: 5 }],
		["progress", { progress: 100 }],
		["hours that end before they begin", { schedule: { window: { start: "20:00", end: "09:00" } } }],
		["an end before its start", { schedule: { startsAt: "2031-01-02T00:00:00Z", endsAt: "2031-01-01T00:00:00Z" } }],
		["hours of no clock", { schedule: { window: { start: "25:00", end: "26:00" } } }],
		["no weekday", { schedule: { window: { days: [] } } }],
		["a negative pace", { pacing: { callsPerSecond: -1 } }],
		["half a call at a time", { pacing: { maxConcurrent: 0.5 } }],
		["a caller that is no number", { callerNumbers: ["<script>"] }],
	])("refuses %s with 422 and creates nothing", async (_, fields) => {
		const account = await openAccount();

		const reply = await account.call("/api/campaigns", { title: "Offer", ...fields });

		expect(reply.status).toBe(422);
		expect(await (await account.call("/api/campaigns")).json()).toEqual([]);
	});

	it.each(["greetingFileId", "contactListId", "transferNumber"] as const)(
		"does not take somebody else's %s",
		async (field) => {
			const other = await draftCampaign(await openAccount());
			const account = await openAccount();
			const foreign = {
				greetingFileId: other.greetingId,
				contactListId: other.listId,
				transferNumber: other.transferNumber,
			}[field];

			const reply = await account.call("/api/campaigns", { title: "Offer", [field]: foreign });

			expect(reply.status).toBe(404);
			expect(await (await account.call("/api/campaigns")).json()).toEqual([]);
		},
	);

	it("does not call from somebody else's number", async () => {
		const other = await draftCampaign(await openAccount());
		const account = await openAccount();

		const reply = await account.call("/api/campaigns", { title: "Offer", callerNumbers: [other.caller] });

		expect(reply.status).toBe(403);
	});

	it.each(["GET", "PATCH", "DELETE"])("hides a stranger's campaign from %s", async (method) => {
		const draft = await draftCampaign(await openAccount());
		const stranger = await openAccount();

		const reply = await stranger.call(
			`/api/campaigns/${draft.id}`,
			method === "PATCH" ? { title: "Mine" } : undefined,
			{ method },
		);

		expect(reply.status).toBe(404);
	});

	it.each(["start", "pause", "resume", "cancel"])("hides a stranger's campaign from %s", async (verb) => {
		const draft = await draftCampaign(await openAccount());
		const stranger = await openAccount({ balanceMicros: 1_000_000 });

		expect((await stranger.call(`/api/campaigns/${draft.id}/${verb}`, {})).status).toBe(404);
	});

	it("lets nobody in who is not signed in", async () => {
		expect((await knock("/api/campaigns")).status).toBe(401);
		expect((await knock("/api/campaigns/cmp_1/start", { method: "POST" })).status).toBe(401);
	});

	it("edits a draft and keeps what is not named", async () => {
		const account = await openAccount();
		const draft = await draftCampaign(account);

		const reply = await account.call(
			`/api/campaigns/${draft.id}`,
			{ title: "Autumn offer", transferNumber: null },
			{ method: "PATCH" },
		);

		expect(await reply.json()).toMatchObject({
			title: "Autumn offer",
			transferNumber: null,
			contactListId: draft.listId,
		});
	});

	it("deletes a draft, once", async () => {
		const account = await openAccount();
		const draft = await draftCampaign(account);

		expect((await account.call(`/api/campaigns/${draft.id}`, undefined, { method: "DELETE" })).status).toBe(200);
		expect((await account.call(`/api/campaigns/${draft.id}`, undefined, { method: "DELETE" })).status).toBe(404);
	});

	it("says everything that keeps a campaign from starting", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const { id } = await (await account.call("/api/campaigns", { title: "Offer" })).json<{ id: string }>();

		const reply = await account.call(`/api/campaigns/${id}/start`, {});

		expect(reply.status).toBe(422);
		const { details } = await reply.json<{ details: { path: string }[] }>();
		expect(details.map(({ path }) => path)).toEqual(["greetingFileId", "contactListId", "callerNumbers"]);
	});

	it("does not start over an empty list", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account, { contacts: 0 });

		const reply = await account.call(`/api/campaigns/${draft.id}/start`, {});

		expect(await reply.json()).toMatchObject({
			details: [{ path: "contactListId", message: "the contact list is empty" }],
		});
	});

	it("does not start outside the hours that the law leaves", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account, { fields: { schedule: { window: { start: "21:30", end: "23:00" } } } });

		const reply = await account.call(`/api/campaigns/${draft.id}/start`, {});

		expect(reply.status).toBe(422);
		expect(await reply.json()).toMatchObject({ details: [{ path: "schedule.window" }] });
	});

	it("does not start on an empty wallet", async () => {
		const account = await openAccount();
		const draft = await draftCampaign(account);

		expect((await account.call(`/api/campaigns/${draft.id}/start`, {})).status).toBe(402);
	});

	it("waits for a start that lies ahead", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account, { fields: { schedule: { startsAt: "2099-01-01T00:00:00Z" } } });

		const reply = await account.call(`/api/campaigns/${draft.id}/start`, {});

		expect(await reply.json()).toMatchObject({ status: "scheduled", startedAt: null });
	});

	it("starts once, however often the button is pressed", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account, { zones: "" });

		const replies = await Promise.all(
			Array.from({ length: 100 }, () => account.call(`/api/campaigns/${draft.id}/start`, {})),
		);

		expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
		expect(replies.filter(({ status }) => status === 409)).toHaveLength(99);
	});

	it("does not resume what was never paused, nor pause what does not run", async () => {
		const account = await openAccount();
		const draft = await draftCampaign(account);

		expect((await account.call(`/api/campaigns/${draft.id}/pause`, {})).status).toBe(409);
		expect((await account.call(`/api/campaigns/${draft.id}/resume`, {})).status).toBe(409);
	});

	it("does not resume what would pause again at once, and says what is gone", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account);
		const sql = (text: string, ...values: string[]) =>
			env.DB.prepare(text)
				.bind(...values)
				.run();
		await sql(
			"UPDATE campaigns SET status = 'paused', paused_reason = 'caller_number_gone', prepared_at = 1 WHERE id = ?",
			draft.id,
		);
		await sql("UPDATE numbers SET status = 'released', released_at = 1 WHERE e164 = ?", draft.caller);
		await sql("DELETE FROM list_members WHERE list_id = ?", draft.listId);

		const refused = await account.call(`/api/campaigns/${draft.id}/resume`, {});
		const still = await (await account.call(`/api/campaigns/${draft.id}`)).json();

		expect(refused.status).toBe(422);
		// Its list is copied already, so that nobody is on it any more does not matter.
		expect(await refused.json()).toMatchObject({
			error: expect.stringContaining("cannot go on"),
			details: [{ path: "callerNumbers" }],
		});
		expect(still).toMatchObject({ status: "paused", pausedReason: "caller_number_gone" });
	});

	it("does not resume on an empty wallet, nor after its end", async () => {
		const account = await openAccount();
		const draft = await draftCampaign(account);
		const set = (fields: string) => env.DB.prepare(`UPDATE campaigns SET ${fields} WHERE id = ?`).bind(draft.id).run();
		const resume = () => account.call(`/api/campaigns/${draft.id}/resume`, {});
		await set("status = 'paused', paused_reason = 'out_of_credit'");

		expect((await resume()).status).toBe(402);
		await set("ends_at = 1");
		expect(await (await resume()).json()).toMatchObject({ details: [{ message: "its end has passed" }] });
	});

	it.each([
		["hours that are never legal", { window: { start: "22:00", end: "23:00" } }],
		["an end that has passed", { endsAt: "2020-01-01T00:00:00Z" }],
	])("does not take %s while it is under way, when everybody would be skipped for good", async (_, schedule) => {
		const account = await openAccount();
		const draft = await draftCampaign(account);
		const change = () => account.call(`/api/campaigns/${draft.id}`, { schedule }, { method: "PATCH" });

		expect((await change()).status).toBe(200); // a draft may be on its way
		await env.DB.prepare(
			"UPDATE campaigns SET status = 'running', ends_at = NULL, window_start_minute = 540, window_end_minute = 1200 WHERE id = ?",
		)
			.bind(draft.id)
			.run();
		const refused = await change();

		expect(refused.status).toBe(422);
		expect(await refused.json()).toMatchObject({ details: [{ path: expect.stringMatching(/^schedule\./) }] });
		expect(await (await account.call(`/api/campaigns/${draft.id}`)).json()).toMatchObject({
			schedule: { window: { start: "09:00" }, endsAt: null },
		});
	});

	it("makes a draft again of what is scheduled for no moment any more", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account, { fields: { schedule: { startsAt: "2031-01-01T09:00:00Z" } } });
		const change = (startsAt: string | null) =>
			account.call(`/api/campaigns/${draft.id}`, { schedule: { startsAt } }, { method: "PATCH" });
		await account.call(`/api/campaigns/${draft.id}/start`, {});

		expect(await (await change("2031-02-01T09:00:00Z")).json()).toMatchObject({ status: "scheduled" });
		await account.call(
			`/api/campaigns/${draft.id}`,
			{ schedule: { endsAt: "2031-03-01T09:00:00Z" } },
			{ method: "PATCH" },
		);
		expect((await change("2031-04-01T09:00:00Z")).status).toBe(422); // after its end
		expect(await (await change(null)).json()).toMatchObject({ status: "draft", schedule: { startsAt: null } });
	});

	it("cancels for good", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account);

		expect((await account.call(`/api/campaigns/${draft.id}/cancel`, {})).status).toBe(200);
		expect((await account.call(`/api/campaigns/${draft.id}/start`, {})).status).toBe(409);
	});

	it("keeps who is called and what is heard once a campaign runs", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account);
		await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(draft.id).run();

		const people = await account.call(
			`/api/campaigns/${draft.id}`,
			{ contactListId: draft.listId },
			{ method: "PATCH" },
		);
		const pace = await account.call(
			`/api/campaigns/${draft.id}`,
			{ pacing: { callsPerSecond: 2 } },
			{ method: "PATCH" },
		);

		expect(people.status).toBe(409);
		expect(await pace.json()).toMatchObject({ pacing: { callsPerSecond: 2 } });
	});

	it("counts calls over all campaigns", async () => {
		const account = await openAccount();
		const draft = await draftCampaign(account);
		await env.DB.prepare("UPDATE campaign_counters SET total_calls = 7 WHERE campaign_id = ?").bind(draft.id).run();

		expect(await (await account.call(`/api/campaigns/call-count/${account.userId}`)).json()).toEqual({ totalCalls: 7 });
	});
});
