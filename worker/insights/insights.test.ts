import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { observeStatements } from "../db/client";
import { freshNumbers } from "../test/fake-carrier";
import { openAccount, type TestAccount } from "../test/house";
import type { Analytics } from "./inputs";

const DAY = 86_400_000;
const at = (iso: string) => Date.parse(iso);
const ask = (account: TestAccount, query: string) => account.call(`/api/dashboard/analytics?${query}`);
const figures = async (account: TestAccount, query: string) => (await ask(account, query)).json<Analytics>();
const week = "from=2026-11-15&to=2026-11-21";

interface CallFact {
	startedAt: number;
	direction?: "inbound" | "outbound";
	answered?: boolean;
	seconds?: number;
	own?: string;
	campaign?: string | null;
	assistant?: string | null;
}

/** Writes a call into the log as one that is over. */
async function call({ accountId }: TestAccount, fact: CallFact): Promise<string> {
	const { startedAt, direction = "inbound", answered = true, seconds = 60, own = "", campaign, assistant } = fact;
	const id = `call_${ulid()}`;
	await env.DB.prepare(
		`INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, own_e164, status, started_at,
			answered_at, ended_at, duration_seconds, campaign_id, assistant_id)
		VALUES (?1, ?2, ?2, ?1, 'carrier', ?3, '', '', ?4, ?5, ?6, ?7, ?6, ?8, ?9, ?10)`,
	)
		.bind(
			id,
			accountId,
			direction,
			own,
			answered ? "completed" : "no_answer",
			startedAt,
			answered ? startedAt : null,
			answered ? seconds : 0,
			campaign ?? null,
			assistant ?? null,
		)
		.run();
	return id;
}

/** Writes a text down, in the conversation of one number. */
async function text({ accountId }: TestAccount, own: string, direction: "inbound" | "outbound", createdAt: number) {
	const conversation = `cnv_${accountId}_${own}`;
	await env.DB.batch([
		env.DB.prepare(
			"INSERT INTO conversations (id, account_id, own_e164, peer, channel, last_at, created_at) VALUES (?1, ?2, ?3, '+14155550199', 'sms', 1, 1) ON CONFLICT DO NOTHING",
		).bind(conversation, accountId, own),
		env.DB.prepare(
			"INSERT INTO messages (id, account_id, conversation_id, direction, status, created_at) VALUES (?, ?, ?, ?, 'received', ?)",
		).bind(`msg_${ulid()}`, accountId, conversation, direction, createdAt),
	]);
}

async function charge({ accountId }: TestAccount, memo: string, amount: number, createdAt: number, back = false) {
	const [from, to] = back ? ["revenue", "available"] : ["available", "revenue"];
	await env.DB.prepare(
		"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at) VALUES (?, 'number_charge', ?, ?, ?, ?, ?, ?)",
	)
		.bind(accountId, from, to, amount, ulid(), memo, createdAt)
		.run();
}

describe("figures", () => {
	it("are nothing for an account in which nothing has happened", async () => {
		const account = await openAccount();

		const { totals, byDay, byNumber } = await figures(account, `${week}&timeZone=UTC`);

		expect(totals).toMatchObject({
			calls: 0,
			answerRate: null,
			minutes: 0,
			spend: { amountMicros: 0, currency: "USD" },
		});
		expect(byDay.map(({ date }) => date)).toEqual(
			["15", "16", "17", "18", "19", "20", "21"].map((day) => `2026-11-${day}`),
		);
		expect(byNumber).toEqual([]);
	});

	it("fall on the days of the zone that is asked for", async () => {
		const account = await openAccount();
		await call(account, { startedAt: at("2026-11-20T18:14:59Z") });
		await call(account, { startedAt: at("2026-11-20T18:15:00Z") });
		const callsOn = async (timeZone: string) =>
			(await figures(account, `from=2026-11-20&to=2026-11-21&timeZone=${timeZone}`)).byDay.map(({ calls }) => calls);

		expect(await callsOn("UTC")).toEqual([2, 0]);
		expect(await callsOn("Asia/Kathmandu")).toEqual([1, 1]);
		expect(await callsOn("Asia/Tokyo")).toEqual([0, 2]);
		expect(await callsOn("America/Los_Angeles")).toEqual([2, 0]);
	});

	it("are compared with as many days before", async () => {
		const account = await openAccount();
		for (const day of ["2026-11-07", "2026-11-08", "2026-11-14", "2026-11-15", "2026-11-21", "2026-11-22"])
			await call(account, { startedAt: at(`${day}T12:00:00Z`) });

		const { totals, previous } = await figures(account, `${week}&timeZone=UTC`);

		expect(totals.calls).toBe(2);
		expect(previous).toMatchObject({ from: "2026-11-08", to: "2026-11-14", totals: { calls: 2 } });
	});

	it("count facts of one quarter of an hour together, and those that come late in their own", async () => {
		const account = await openAccount();
		for (const time of ["20T12:01:00", "20T12:14:59", "20T12:15:00", "18T12:00:00", "20T12:02:00", "18T12:03:00"])
			await call(account, { startedAt: at(`2026-11-${time}Z`) });

		const calls = async (days: string) => (await figures(account, `${days}&timeZone=UTC`)).totals.calls;

		expect(await calls("from=2026-11-18&to=2026-11-18")).toBe(2);
		expect(await calls("from=2026-11-19&to=2026-11-19")).toBe(0);
		expect(await calls("from=2026-11-20&to=2026-11-20")).toBe(4);
		expect(await calls(week)).toBe(6);
	});

	it("follow what is learned of a call later, and stay when it is erased", async () => {
		const account = await openAccount();
		const [own = "", other = ""] = freshNumbers(2);
		const id = await call(account, { startedAt: at("2026-11-20T12:00:00Z"), answered: false, own });

		await env.DB.prepare("UPDATE calls SET answered_at = started_at, duration_seconds = 90, own_e164 = ? WHERE id = ?")
			.bind(other, id)
			.run();
		await env.DB.prepare("UPDATE calls SET status = 'completed', transcript = 'Hi' WHERE id = ?").bind(id).run();
		await env.DB.prepare("DELETE FROM calls WHERE id = ?").bind(id).run();

		const { totals, byNumber } = await figures(account, `${week}&timeZone=UTC`);
		expect(totals).toMatchObject({ calls: 1, answeredCalls: 1, answerRate: 1, minutes: 1.5 });
		expect(byNumber).toMatchObject([{ number: other, calls: 1 }]);
	});

	it("are one's own", async () => {
		const [account, other] = [await openAccount(), await openAccount()];
		await call(other, { startedAt: at("2026-11-20T12:00:00Z") });

		const foreign = await ask(account, `${week}&timeZone=UTC&userId=${other.userId}`);

		expect((await figures(account, `${week}&timeZone=UTC`)).totals.calls).toBe(0);
		expect(foreign.status).toBe(404);
	});

	it.each(["number=%2B14155550123", "assistantId=asst_nobody", "campaignId=cmp_nobody"])(
		"are not told of somebody else's %s",
		async (subject) => {
			const account = await openAccount();

			expect((await ask(account, `${week}&timeZone=UTC&${subject}`)).status).toBe(404);
		},
	);

	it.each([
		["", 422],
		[week, 422],
		["from=2026-11-15&timeZone=UTC", 422],
		[`${week}&timeZone=`, 422],
		[`${week}&timeZone=Mars/Olympus`, 422],
		[`${week}&timeZone=%2B05:30`, 422],
		["from=2026-11-21&to=2026-11-20&timeZone=UTC", 422],
		["from=9999-01-01&to=9999-01-02&timeZone=UTC", 422],
		["from=0000-01-01&to=0000-01-02&timeZone=UTC", 422],
		["from=2026-02-30&to=2026-03-02&timeZone=UTC", 422],
		["from=2024-01-01&to=2026-01-01&timeZone=UTC", 422],
		["from=yesterday&to=today&timeZone=UTC", 422],
		["from=2026-11-15T00:00:00&to=2026-11-21&timeZone=UTC", 422],
		[`${week}&timeZone=UTC&number=%2B14155550123&campaignId=cmp_1`, 422],
	])("need a sound range: %s", async (query, status) => {
		const account = await openAccount();

		const reply = await ask(account, query);

		expect(reply.status).toBe(status);
		expect(await reply.json()).toMatchObject({
			code: "invalid_input",
			error: expect.stringMatching(/^(from|to|timeZone|number): /),
		});
	});

	it("come as a table for a spreadsheet", async () => {
		const account = await openAccount();
		await call(account, { startedAt: at("2026-11-20T12:00:00Z"), seconds: 90 });

		const reply = await account.call("/api/dashboard/analytics.csv?from=2026-11-20&to=2026-11-20&timeZone=UTC");

		expect(reply.headers.get("content-type")).toContain("text/csv");
		expect((await reply.text()).trim().split(/\r?\n/)).toEqual([
			"Day,Calls,Inbound,Outbound,Answered,Minutes,Texts sent,Texts received,Spent,Campaign calls,Assistant calls,Assistant minutes",
			"2026-11-20,1,1,0,1,1.5,0,0,0,0,0,0",
		]);
	});

	it("are told by week or month too, and the parts are the days' sums", async () => {
		const account = await openAccount();
		for (const day of ["2026-01-01", "2026-01-31", "2026-02-01", "2026-11-14", "2026-11-15", "2026-11-16"])
			await call(account, { startedAt: at(`${day}T12:00:00Z`) });

		const byMonth = await figures(account, "from=2026-01-15&to=2026-11-20&timeZone=UTC&step=month");
		const byWeek = await figures(account, "from=2026-11-12&to=2026-11-20&timeZone=UTC&step=week");

		expect(byMonth.byDay).toEqual([]);
		expect(byMonth.byPeriod).toHaveLength(11);
		expect(byMonth.byPeriod[0]).toMatchObject({ from: "2026-01-15", to: "2026-01-31", calls: 1 });
		expect(byMonth.byPeriod[1]).toMatchObject({ from: "2026-02-01", to: "2026-02-28", calls: 1 });
		expect(byMonth.byPeriod.at(-1)).toMatchObject({ from: "2026-11-01", to: "2026-11-20", calls: 3 });
		expect(byWeek.byPeriod).toMatchObject([
			{ from: "2026-11-12", to: "2026-11-15", calls: 2 },
			{ from: "2026-11-16", to: "2026-11-20", calls: 1 },
		]);
		expect((await ask(account, `${week}&timeZone=UTC&step=hour`)).status).toBe(422);
	});

	it("of a year by month read fewer than fifty rows", async () => {
		const account = await openAccount();
		await env.DB.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999)
			INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, status, started_at, ended_at)
			SELECT 'call_' || ?1 || i, ?1, ?1, i, 'carrier', 'inbound', '', '', 'missed', ?2 + i * 14400000, ?2 + i * 14400000 FROM n`,
		)
			.bind(account.accountId, at("2026-01-01T00:00:00Z"))
			.run();
		const asked: { sql: string; params: unknown[] }[] = [];
		const before = observeStatements((statement) => asked.push(statement));

		const { totals, byPeriod } = await figures(
			account,
			"from=2026-01-01&to=2026-12-31&timeZone=Europe/Berlin&step=month",
		);
		observeStatements(before);

		const read = asked.map(({ sql, params }) =>
			env.DB.prepare(sql)
				.bind(...params)
				.run(),
		);
		const rows = (await Promise.all(read)).reduce((sum, { meta }) => sum + meta.rows_read, 0);
		expect(totals.calls).toBe(2000);
		expect(byPeriod.reduce((sum, { calls }) => sum + calls, 0)).toBe(2000);
		expect(rows).toBeLessThan(50);
	});

	it("take one round trip and read a row or two per day, for a year over many calls", async () => {
		const account = await openAccount();
		await env.DB.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 3999)
			INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, status, started_at, ended_at)
			SELECT 'call_' || ?1 || i, ?1, ?1, i, 'carrier', 'inbound', '', '', 'missed', ?2 + i * 7200000, ?2 + i * 7200000 FROM n`,
		)
			.bind(account.accountId, at("2026-01-01T00:00:00Z"))
			.run();

		const reply = await ask(account, "from=2026-01-01&to=2026-12-31&timeZone=Europe/Berlin");

		const { totals, byDay } = await reply.json<Analytics>();
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		expect(totals.calls).toBe(4000);
		expect(byDay).toHaveLength(365);
	});
});

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
	let state = seed;
	return (sides) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * sides);
	};
}

describe("figures over random facts, in random order", () => {
	it.each([1, 2, 3])("are what a full count finds (%i)", async (seed) => {
		const account = await openAccount({ balanceMicros: 1e9 });
		const roll = dice(seed);
		const numbers = freshNumbers(3);
		const from = at("2026-10-20T00:00:00Z");
		const calls: Required<CallFact>[] = [];
		const texts: { own: string; direction: "inbound" | "outbound"; createdAt: number }[] = [];
		const charges: { memo: string; amount: number; createdAt: number; back: boolean }[] = [];
		const one = <T>(choices: readonly T[]): T => choices[roll(choices.length)] as T;
		for (let n = 0; n < 120; n++) {
			const moment = from + roll(30 * DAY);
			const own = one(numbers);
			const kind = roll(3);
			if (kind === 0) {
				const fact = {
					startedAt: moment,
					direction: one(["inbound", "outbound"] as const),
					answered: roll(2) === 0,
					seconds: roll(500),
					own,
					campaign: one([null, "cmp_a", "cmp_b"]),
					assistant: one([null, null, "asst_a"]),
				};
				calls.push(fact);
				await call(account, fact);
			} else if (kind === 1) {
				const fact = { own, direction: one(["inbound", "outbound"] as const), createdAt: moment };
				texts.push(fact);
				await text(account, own, fact.direction, moment);
			} else {
				const fact = { memo: own, amount: 1 + roll(5_000_000), createdAt: moment, back: roll(4) === 0 };
				charges.push(fact);
				await charge(account, own, fact.amount, moment, fact.back);
			}
		}
		const count = (start: number, end: number, is: (fact: { own?: string; memo?: string }) => boolean) => {
			const within = (moment: number) => moment >= start && moment < end;
			const inRange = calls.filter((fact) => within(fact.startedAt) && is(fact));
			const talked = inRange.filter(({ answered }) => answered);
			const written = texts.filter((fact) => within(fact.createdAt) && is(fact));
			const paid = charges.filter((fact) => within(fact.createdAt) && is({ own: fact.memo }));
			return {
				calls: inRange.length,
				inboundCalls: inRange.filter(({ direction }) => direction === "inbound").length,
				answeredCalls: talked.length,
				minutes: Math.round((talked.reduce((sum, { seconds }) => sum + seconds, 0) / 60) * 10) / 10,
				messages: written.length,
				sentMessages: written.filter(({ direction }) => direction === "outbound").length,
				spend: {
					amountMicros: paid.reduce((sum, { amount, back }) => sum + (back ? -amount : amount), 0),
					currency: "USD",
				},
				campaignCalls: inRange.filter(({ campaign }) => campaign !== null).length,
				assistantCalls: inRange.filter(({ assistant }) => assistant !== null).length,
			};
		};

		const found = await figures(account, "from=2026-11-03&to=2026-11-12&timeZone=Asia/Kolkata");

		const midnight = (date: string) => at(`${date}T00:00:00+05:30`);
		const [start, end] = [midnight("2026-11-03"), midnight("2026-11-13")];
		expect(found.totals).toMatchObject(count(start, end, () => true));
		expect(found.previous.totals).toMatchObject(count(start - 10 * DAY, start, () => true));
		for (const day of found.byDay)
			expect(day).toMatchObject(count(midnight(day.date), midnight(day.date) + DAY, () => true));
		for (const each of found.byNumber) expect(each).toMatchObject(count(start, end, ({ own }) => own === each.number));
		expect(found.byCampaign.map(({ calls: n }) => n).reduce((a, b) => a + b, 0)).toBe(found.totals.campaignCalls);
		expect(found.byAssistant.map(({ calls: n }) => n).reduce((a, b) => a + b, 0)).toBe(found.totals.assistantCalls);
	});
});
