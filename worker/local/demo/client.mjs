import { randomBytes, randomUUID } from "node:crypto";
import { Complaint } from "../options.mjs";

const JSON_TYPE = { "content-type": "application/json" };
const told = async (reply) => ({ status: reply.status, told: await reply.json() });

/** Speaks to the API as one account that it opens for itself. Every answer that is no success is a {@link Complaint}. */
export class Client {
	#origin;
	#credentials;
	#token = "";

	constructor(origin, email) {
		this.#origin = origin;
		this.#credentials = { email, password: randomBytes(18).toString("base64url") };
	}

	async signUp() {
		const { session } = await this.#json("POST", "/api/auth/signup", this.#credentials);
		this.#token = session.access_token;
	}

	/** The same person with the same token at another installation. */
	at(origin) {
		const other = new Client(origin);
		other.#token = this.#token;
		return other;
	}

	get = (path) => this.#json("GET", path);
	post = (path, body) => this.#json("POST", path, body);
	patch = (path, body) => this.#json("PATCH", path, body);
	/** Posts with a key of one's own, and tells the answer whatever it is. */
	async ask(path, body, key) {
		return told(await this.#once("POST", path, JSON.stringify(body), { ...JSON_TYPE, "idempotency-key": key }));
	}
	/** Sends, and tells the answer whatever it is. */
	async send(method, path) {
		return told(await this.#once(method, path));
	}
	/** What is at a path as text. */
	async text(path) {
		return (await this.#send("GET", path)).text();
	}
	/** All items of a paged list. */
	async all(path) {
		const items = [];
		let cursor = "";
		do {
			const page = await this.get(`${path}?limit=100${cursor}`);
			items.push(...page.items);
			cursor = page.nextCursor === null ? "" : `&cursor=${encodeURIComponent(page.nextCursor)}`;
		} while (cursor);
		return items;
	}

	/** Sends a body that is not JSON. */
	async upload(path, body, type) {
		return (await this.#send("POST", path, body, type ? { "content-type": type } : {})).json();
	}

	async #json(method, path, body) {
		const sent = body === undefined ? [] : [JSON.stringify(body), JSON_TYPE];
		return (await this.#send(method, path, ...sent)).json();
	}

	async #send(method, path, body, headers = {}) {
		const key = method === "POST" ? { "idempotency-key": randomUUID() } : {};
		const reply = await this.#once(method, path, body, { ...headers, ...key });
		if (!reply.ok) throw await refusal(method, path, reply);
		return reply;
	}

	async #once(method, path, body, headers = {}) {
		const ask = () => {
			const bearer = this.#token ? { authorization: `Bearer ${this.#token}` } : {};
			return fetch(this.#origin + path, { method, body, headers: { ...headers, ...bearer } }).catch((error) => {
				throw new Complaint(`${this.#origin} cannot be reached: ${error.cause?.message ?? error.message}`);
			});
		};
		const reply = await ask();
		if (reply.status !== 401 || !this.#token || !this.#credentials.email) return reply;
		await this.#signInAgain();
		return ask();
	}

	// An access token is good for minutes; a campaign may take longer.
	async #signInAgain() {
		this.#token = "";
		const { session } = await this.#json("POST", "/api/auth/login", this.#credentials);
		this.#token = session.access_token;
	}
}

async function refusal(method, path, reply) {
	const text = await reply.text();
	let said = text.slice(0, 300);
	try {
		const { error, details } = JSON.parse(text);
		said = typeof details === "string" && details !== error ? `${error}: ${details}` : error;
	} catch {
		// not one of ours; its text will do
	}
	return Object.assign(new Complaint(`${method} ${path} answered ${reply.status}: ${said}`), { status: reply.status });
}
