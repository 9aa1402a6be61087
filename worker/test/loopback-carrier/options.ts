import type { Person } from "../../outside/carrier/simulated/people.ts";

/** How the loopback carrier behaves. Everything has a default that suits a test. */
export interface LoopbackOptions {
	accountSid: string;
	authToken: string;
	/** Milliseconds that every answer takes. */
	latencyMs: number;
	/** Telephone seconds per real second. */
	speed: number;
	/** Calls that may be in the air; more are refused with error 10004. */
	maxConcurrent: number;
	/** Which status callbacks are sent: every one, only the last, or none. */
	callbacks: "all" | "completed" | "none";
	/** Share of callbacks that are sent twice. */
	duplicate: number;
	/** Share of status callbacks that are held back until later ones have overtaken them. */
	reorder: number;
	/** Milliseconds for which a callback is held back. */
	heldBackMs: number;
	/** Share of status callbacks that are never sent. */
	lose: number;
	/** Milliseconds before every callback. */
	callbackDelayMs: number;
	/** Who answers; by default the same people as in the simulation. */
	personAt: (to: string) => Person;
	/** How a callback reaches its address. */
	send: (request: Request) => Promise<Response>;
	/** A number in [0, 1); tests put their own in. */
	chance: () => number;
}

export const ACCOUNT_SID = "AC0123456789abcdef0123456789abcdef";
export const AUTH_TOKEN = "loopback-carrier-auth-token";
