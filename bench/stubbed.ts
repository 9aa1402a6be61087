import { Hono } from "hono";
import { callbackUrl } from "../worker/calls/callback-url";
import { settingsOf } from "../worker/env";
import { default as worker } from "../worker/index";
import { messageStatusUrl } from "../worker/messages/callback-url";
import { tokenFrom } from "../worker/outside/carrier/simulated/token";

export * from "../worker/index";

type Env = Parameters<typeof worker.fetch>[1];

// The Worker as it is, and beside it what it is measured against: for bench/requests.mjs. Asked with `x-bench: stub` it has a database that
// answers at once with what the real one said the first time, so what is left is our own code's share.
const beside = new Hono<{ Bindings: Env }>()
	.get("/bench/hello", (c) => c.json({ hello: "world" }))
	.post("/bench/hello", async (c) =>
		c.json({ length: new URLSearchParams(new TextDecoder().decode(await c.req.arrayBuffer())).size }),
	)
	.get("/bench/select", async (c) => c.json(await c.env.DB.prepare("SELECT 1 AS one").first()))
	.get("/bench/callback", (c) => {
		const settings = settingsOf(c.env);
		const { message, call } = c.req.query();
		const url = message
			? messageStatusUrl(settings, message)
			: callbackUrl(settings, "status", { callId: call ?? "", about: "" });
		return c.json({ url, token: tokenFrom(settings.MEDIA_SECRET) });
	})
	.post("/bench/calls", async (c) => {
		await c.env.DB.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 61)
			INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, own_e164, peer_name, status,
				started_at, answered_at, ended_at, duration_seconds, answered_by, call_rank)
			SELECT 'call_' || printf('%026d', i), ?1, ?1, i, 'carrier', 'inbound', '+1415555' || (2000 + i), '+14155550100', '+14155550100',
				'Ada Number ' || i, iif(i = 61, 'queued', 'completed'), i,
				iif(i = 61, NULL, i), iif(i = 61, NULL, i), iif(i = 61, 0, 60), 'human', iif(i = 61, 0, 5) FROM n`,
		)
			.bind(c.req.query("account"))
			.run();
		return c.body(null, 204);
	})
	.post("/bench/crowd", async (c) => {
		await c.env.DB.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
			INSERT INTO contacts (id, account_id, e164, country, created_at, updated_at)
			SELECT 'con_crowd' || (?1 + i), ?2, '+1' || (2000000000 + ?1 + i), 'US', i, i FROM n`,
		)
			.bind(Number(c.req.query("from")), c.req.query("account"))
			.run();
		return c.body(null, 204);
	});

let stubbed: Env | null = null;

export default {
	...worker,
	fetch(request, env, context) {
		if (request.url.includes("/bench/")) return beside.fetch(request, env, context);
		if (request.headers.get("x-bench") !== "stub") return worker.fetch(request, env, context);
		stubbed ??= { ...env, DB: remembering(env.DB) };
		return worker.fetch(request, stubbed, context);
	},
} satisfies ExportedHandler<Env>;

const answers = new Map<string, unknown>();

// The value, not its promise: to wait for another request's promise costs a turn of workerd's own loop.
async function remembered<T>(what: string, ask: () => Promise<T>): Promise<T> {
	if (!answers.has(what)) answers.set(what, await ask());
	return answers.get(what) as T;
}

interface Asked extends Pick<D1PreparedStatement, "all" | "run" | "first" | "raw"> {
	sql: string;
	real(): D1PreparedStatement;
	bind(...values: unknown[]): Asked;
}

function remembering(db: D1Database): D1Database {
	const statement = (sql: string, values: unknown[]): Asked => {
		const real = () => db.prepare(sql).bind(...values);
		const asking = (way: "all" | "run" | "first" | "raw") => () => remembered(way + sql, () => real()[way]());
		return {
			sql,
			real,
			bind: (...given) => statement(sql, given),
			all: asking("all"),
			run: asking("run"),
			first: asking("first"),
			raw: asking("raw"),
		} as Asked;
	};
	const session = {
		prepare: (sql: string) => statement(sql, []),
		batch: (all: Asked[]) =>
			remembered(all.map(({ sql }) => sql).join(";"), () => db.batch(all.map(({ real }) => real()))),
		getBookmark: () => "00000001-00000000-00000000-00000000000000000000000000000000",
	};
	return { withSession: () => session } as unknown as D1Database;
}
