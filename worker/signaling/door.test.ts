import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { jwtVerify, SignJWT } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { settingsOf } from "../env";
import { wayOfCalls } from "../outside/turn/calls-way";
import { iceServersFor } from "../outside/turn/ice-servers";
import { askTicket, enter, openDevice, openPerson, roomOfPerson, SDP } from "../test/device";
import { knock, openAccount } from "../test/house";
import { Flood } from "./flood";
import { Memory } from "./memory";
import { mintTicket } from "./ticket";

const settings = settingsOf(env);
const later = (seconds: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

describe("the door of a room", () => {
	it("opens once for a ticket", async () => {
		const { identity, ticket } = await askTicket(await openAccount());

		const first = await enter(identity, ticket);
		const again = await enter(identity, ticket);

		expect(first.status).toBe(101);
		expect(first.headers.get("sec-websocket-protocol")).toBe("trunkline.v1");
		first.webSocket?.accept();
		expect(again.status).toBe(401);
		expect(await again.json()).toMatchObject({ code: "signed_out" });
	});

	it("stays shut without a ticket, and for one that is forged, expired or an access token", async () => {
		const account = await openAccount();
		const { identity, ticket } = await askTicket(account);
		const person = { identity, name: "", number: "", sessionId: "s", guest: null };
		const expired = await mintTicket(settings, person, Date.now() - 31_000);
		const unsigned = `${btoa('{"alg":"none"}')}.${ticket.split(".")[1]}.`;

		for (const shown of [null, "nonsense", `${ticket}x`, expired, unsigned, account.token])
			expect((await enter(identity, shown)).status, String(shown)).toBe(401);
	});

	it("opens no other person's room", async () => {
		const [{ ticket }, other] = [await askTicket(await openAccount()), await askTicket(await openAccount())];

		expect((await enter(other.identity, ticket)).status).toBe(403);
		expect((await enter("no-such-room", ticket)).status).toBe(403);
	});

	it("opens under the person's own number, too", async () => {
		const account = await openAccount();
		await account.call("/api/users/phone", { phoneNumber: "+14155552671" }, { method: "PATCH" });
		const { ticket } = await askTicket(account);

		const { status, webSocket } = await enter("+14155552671", ticket);

		expect(status).toBe(101);
		webSocket?.accept();
	});

	it("stays shut for the page of another site", async () => {
		const { identity, ticket } = await askTicket(await openAccount());

		expect((await enter(identity, ticket, { origin: "https://evil.example" })).status).toBe(403);
		const { status, webSocket } = await enter(identity, ticket, { origin: "https://trunkline.test" });
		expect(status).toBe(101);
		webSocket?.accept();
	});

	it("is a WebSocket and nothing else", async () => {
		const { identity, ticket } = await askTicket(await openAccount());

		const plain = await knock(`/api/signaling/${identity}?ticket=${ticket}`);

		expect(plain.status).toBe(400);
	});

	it("lets only so many devices of one person in", async () => {
		const account = await openAccount();
		for (let n = 0; n < 25; n++) await openDevice(account);
		const { identity, ticket } = await askTicket(account);

		const refused = await enter(identity, ticket);

		expect(refused.status).toBe(429);
		expect(refused.headers.get("retry-after")).not.toBeNull();
	});
});

describe("what a device may say", () => {
	const call = "5b0f6b3a-33a1-4c50-9a64-0a9b8f0c1f11";

	it("is not understood when it is malformed, and the socket stays", async () => {
		const { device } = await openPerson();
		const bad = [
			"not json",
			"[]",
			'{"type":"nonsense"}',
			JSON.stringify({ type: "hangup", call, from: "care4w-AAAAAAA" }),
			JSON.stringify({ type: "call", call, to: "care4w-AAAAAAA", sdp: "v=0\u0000" }),
			JSON.stringify({ type: "call", call, to: "care4w-AAAAAAA", sdp: "GET / HTTP/1.1" }),
			JSON.stringify({ type: "call", call, to: "+14155552671", sdp: SDP }),
			"[".repeat(60_000),
		];

		for (const frame of bad) {
			device.sayRaw(frame);
			expect(await device.hears("error"), frame.slice(0, 80)).toMatchObject({ code: "malformed" });
		}
		device.say({ type: "hangup", call });
		expect(await device.hears("ended")).toMatchObject({ reason: "gone" });
	});

	it("ends the socket when it is a megabyte or binary", async () => {
		const [loud, binary] = [await openPerson(), await openPerson()];

		loud.device.sayRaw("x".repeat(1_000_000));
		binary.device.sayRaw(new Uint8Array(10).buffer);

		expect(await loud.device.closes()).toBe(1009);
		expect(await binary.device.closes()).toBe(1003);
	});

	it("counts for nothing before hello", async () => {
		const { identity, ticket } = await askTicket(await openAccount());
		const { webSocket } = await enter(identity, ticket);
		const heard = new Promise((resolve) => {
			webSocket?.addEventListener("message", ({ data }) => resolve(data));
		});
		webSocket?.accept();

		webSocket?.send(JSON.stringify({ type: "hangup", call }));

		expect(JSON.parse(String(await heard))).toEqual({ type: "error", code: "hello_first" });
	});

	it("does not reach into a call of others", async () => {
		const [ann, bob, eve] = [await openPerson(), await openPerson(), await openPerson()];
		ann.device.say({ type: "call", call, to: bob.identity, sdp: SDP });
		await bob.device.hears("ring");
		bob.device.say({ type: "answer", call, sdp: SDP });
		await ann.device.hears("answered");
		const tablet = await openDevice(bob.account);

		eve.device.say({ type: "hangup", call });
		tablet.say({ type: "hangup", call });
		tablet.say({ type: "signal", call, signal: { candidates: [] } });

		expect(await eve.device.hears("ended")).toMatchObject({ reason: "gone" });
		expect(await tablet.hears("error")).toMatchObject({ code: "not_in_this_call" });
		expect(await tablet.hears("error")).toMatchObject({ code: "not_in_this_call" });
		expect(await roomOfPerson(bob.identity).hear(eve.identity, { type: "ended", call, reason: "hung_up" })).toBe(false);
		ann.device.say({ type: "signal", call, signal: { candidates: [{ candidate: "still here" }] } });
		expect(await bob.device.hears("signal")).toMatchObject({ from: ann.identity });
	});

	it("is a hundred messages at once and a hundred a minute, and a flood is cut off", () => {
		const flood = new Flood(1);
		const { 0: socket } = new WebSocketPair();
		const many = (count: number, at: number) => Array.from({ length: count }, () => flood.judge(socket, at));

		expect(new Set(many(100, 0))).toEqual(new Set(["fine"]));
		expect(many(2, 0)).toEqual(["first_too_much", "too_much"]);
		expect(many(2, 600)).toEqual(["fine", "first_too_much"]);
		expect(many(100, 600).at(-1)).toBe("cut_off");
		expect(many(100, 60_600).every((verdict) => verdict === "fine")).toBe(true);
	});

	it("rings a person only so often in a minute", async () => {
		const room = roomOfPerson("care4w-0000001");
		const counted = await runInDurableObject(room, (_, { storage }) => {
			const memory = new Memory(storage);
			const hits = [0, 1, 2, 3].map((at) => memory.count("ring:someone", 3, at));
			hits.push(memory.count("ring:someone", 3, 60_001));
			memory.forgetCounts(200_000);
			return { hits, left: [...storage.kv.list()].length };
		});

		expect(counted).toEqual({ hits: [true, true, true, false, true], left: 0 });
	});
});

describe("which way calls go", () => {
	it("is from browser to browser by STUN alone when nothing is configured", async () => {
		const account = await openAccount();
		const answer = await account.call("/api/calls/token");

		expect(await answer.json()).toMatchObject({
			mode: "webrtc",
			identity: `care4w-${account.userId.slice(-7)}`,
			iceServers: [{ urls: ["stun:stun.cloudflare.com:3478"] }],
		});
		expect(answer.headers.get("server-timing")).toContain('"1 round trips"');
	});

	it("goes over a relay whose credentials end within the hour, or without it when it does not answer", async () => {
		const relay = { ...settings, TURN_KEY_ID: "key", TURN_KEY_API_TOKEN: "token" };
		const urls = ["turn:turn.cloudflare.com:3478?transport=udp", "turn:turn.cloudflare.com:53?transport=udp"];
		const asked = vi
			.spyOn(globalThis, "fetch")
			.mockImplementation(async () =>
				Response.json({ iceServers: [{ urls, username: "u", credential: "c" }] }, { status: 201 }),
			);

		const servers = await iceServersFor(relay);
		asked.mockImplementation(async () => new Response("no", { status: 500 }));
		vi.spyOn(console, "error").mockImplementation(() => {});
		const without = await iceServersFor(relay);

		expect(servers).toEqual([{ urls: urls.slice(0, 1), username: "u", credential: "c" }]);
		const [url, init] = asked.mock.calls[0] ?? [];
		expect(url).toBe("https://rtc.live.cloudflare.com/v1/turn/keys/key/credentials/generate-ice-servers");
		expect(init).toMatchObject({ method: "POST", headers: { authorization: "Bearer token" } });
		expect(JSON.parse(String(init?.body)).ttl).toBeLessThanOrEqual(3600);
		expect(without).toEqual([{ urls: ["stun:stun.cloudflare.com:3478"] }]);
	});

	it("goes through the carrier when all of its voice settings are there", async () => {
		const secret = "a secret of the key that is long enough";
		const sids = { TWILIO_ACCOUNT_SID: "AC1", TWILIO_API_KEY_SID: "SK1", TWILIO_TWIML_APP_SID: "AP1" };
		const carrier = { ...settings, ...sids, TWILIO_API_KEY_SECRET: secret, carrier: "twilio" as const };
		const now = Date.now();

		const way = await wayOfCalls(carrier, "care4w-0000000", now, async () => "ticket");
		const partly = await wayOfCalls(
			{ ...carrier, TWILIO_TWIML_APP_SID: undefined },
			"care4w-0000000",
			now,
			async () => "t",
		);

		const token = way.mode === "twilio" ? way.token : "";
		const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(secret));
		const issuedAt = Math.floor(now / 1000);
		expect(protectedHeader).toEqual({ alg: "HS256", typ: "JWT", cty: "twilio-fpa;v=1" });
		expect(payload).toEqual({
			jti: `SK1-${issuedAt}`,
			iss: "SK1",
			sub: "AC1",
			iat: issuedAt,
			exp: issuedAt + 3600,
			grants: {
				identity: "care4w-0000000",
				voice: { incoming: { allow: true }, outgoing: { application_sid: "AP1" } },
			},
		});
		expect(partly.mode).toBe("webrtc");
	});

	it("is for people who are signed in", async () => {
		expect((await knock("/api/calls/token")).status).toBe(401);
		expect((await knock("/api/calls")).status).toBe(401);
	});

	it("trusts no ticket that says more than it may", async () => {
		const { identity } = await askTicket(await openAccount());
		const stranger = await new SignJWT({ nam: "", num: "", sid: "" })
			.setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
			.setIssuer("trunkline")
			.setAudience("trunkline-signaling")
			.setSubject(identity)
			.setJti("1")
			.setExpirationTime("1m")
			.sign(new TextEncoder().encode(settings.JWT_SECRET));
		later(0);

		expect((await enter(identity, stranger)).status).toBe(401);
	});

	it("refuses a block list entry that is no identity", async () => {
		const account = await openAccount();

		expect((await account.call("/api/blocked-callers", { identity: "+14155552671" })).status).toBe(422);
		expect((await account.call("/api/blocked-callers", { identity: "care4w-AAAAAAA", isAdmin: true })).status).toBe(
			422,
		);
	});
});
