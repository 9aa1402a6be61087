import { CampaignDialer as Dialer, default as worker } from "../worker/index";

export * from "../worker/index";

// The Worker as it is, with the round trips to its database counted by who asked, and the moment noted at which each call is asked for:
// for bench/dialing.mjs.
const trips = { dialer: 0, callbacks: 0 };
/** Unix milliseconds, by the clock that the dialer has. */
let sent: number[] = [];
const reach = globalThis.fetch;
globalThis.fetch = (input, init) => {
	if (init?.method === "POST" && String(input).endsWith("/Calls.json")) sent.push(Date.now());
	return reach(input, init);
};
/** What only a callback's transaction has. */
const CALLBACK = /INSERT INTO carrier_events/;
const ofCallbacks = new WeakSet<D1PreparedStatement>();

/** The dialer with a database that counts. Both of its own modules and this one live in the same isolate. */
export class CampaignDialer extends Dialer {
	constructor(state: DurableObjectState, env: ConstructorParameters<typeof Dialer>[1]) {
		super(state, { ...env, DB: counting(env.DB) });
	}
}

function counting(db: D1Database): D1Database {
	return new Proxy(db, {
		get(target, name) {
			if (name === "withSession") return (from?: string) => countingSession(target.withSession(from));
			return Reflect.get(target, name).bind(target);
		},
	});
}

function countingSession(session: D1DatabaseSession): D1DatabaseSession {
	return new Proxy(session, {
		get(target, name) {
			const value = Reflect.get(target, name).bind(target);
			if (name === "batch")
				return (statements: D1PreparedStatement[]) =>
					trip(
						value(statements),
						statements.some((one) => ofCallbacks.has(one)),
					);
			if (name === "prepare") return (sql: string) => countingStatement(target.prepare(sql), CALLBACK.test(sql));
			return value;
		},
	});
}

// A batch wants D1's own statements, so nothing is wrapped but the methods that ask by themselves.
function countingStatement(statement: D1PreparedStatement, ofCallback: boolean): D1PreparedStatement {
	if (ofCallback) ofCallbacks.add(statement);
	const bind = statement.bind.bind(statement);
	statement.bind = (...values) => countingStatement(bind(...values), ofCallback);
	for (const name of ["all", "run", "first", "raw"] as const) {
		const ask = statement[name].bind(statement) as (...args: unknown[]) => Promise<unknown>;
		Object.assign(statement, { [name]: (...args: unknown[]) => trip(ask(...args)) });
	}
	return statement;
}

function trip<T>(asked: T, forCallbacks = false): T {
	if (forCallbacks) trips.callbacks++;
	else trips.dialer++;
	return asked;
}

export default {
	...worker,
	fetch(request, env, context) {
		if (request.url.endsWith("/api/bench/trips")) {
			const answer = Response.json({ ...trips, sent });
			sent = [];
			return answer;
		}
		return worker.fetch(request, env, context);
	},
} satisfies ExportedHandler<ConstructorParameters<typeof Dialer>[1]>;
