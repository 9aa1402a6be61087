import * as z from "zod";
import type { Settings } from "../../env";
import { publicHost } from "../../pure/public-host";
import { targetOf } from "../../pure/web-target";

/** How a sending ended. `status` null: nobody answered. */
export interface Sending {
	status: number | null;
	/** Why it does not count as delivered; null when it does. */
	error: string | null;
	ms: number;
	/** Seconds that the receiver asks us to wait. */
	retryAfter: number | null;
}

const TIMEOUT_MS = 10_000;
const NAMES_TIMEOUT_MS = 3_000;
const RESOLVER = "https://cloudflare-dns.com/dns-query";
const Answers = z.object({ Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional() });
const ADDRESS_TYPES = { A: 1, AAAA: 28 };

/** Whether webhooks may go to this machine: only outside production, and only when somebody said so. */
export function allowsLoopback({ ENVIRONMENT, ALLOW_LOOPBACK_WEBHOOKS }: Settings): boolean {
	return ENVIRONMENT !== "production" && ALLOW_LOOPBACK_WEBHOOKS;
}

/**
 * Sends an event to an address that a customer gave us. It goes to the public internet only: the address is judged again each time, and so
 * are the addresses that its name stands for. A redirect is a failure, the answer's body is not read. Never throws.
 */
export async function sendToCustomer(
	settings: Settings,
	url: string,
	{ headers, body }: { headers: Record<string, string>; body: string },
): Promise<Sending> {
	const began = Date.now();
	const loopback = allowsLoopback(settings);
	const target = targetOf(url, { loopback });
	const ended = (status: number | null, error: string | null, retryAfter: number | null = null): Sending => ({
		status,
		error,
		ms: Date.now() - began,
		retryAfter,
	});
	if ("refused" in target) return ended(null, `The address ${target.refused}`);
	if (target.url.host === new URL(settings.PUBLIC_BASE_URL).host)
		return ended(null, "The address is this installation's own");
	try {
		if (!loopback && !(await leadsOutside(target.url.hostname)))
			return ended(null, "The address must be on the public internet");
		const answer = await fetch(target.url.href, {
			method: "POST",
			headers: { "content-type": "application/json", "user-agent": "Trunkline-Webhooks/1", ...headers },
			body,
			redirect: "manual",
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		await answer.body?.cancel();
		const wait = Number(answer.headers.get("retry-after") ?? Number.NaN);
		return ended(
			answer.status,
			errorOf(answer.status),
			Number.isFinite(wait) && wait > 0 ? Math.min(wait, 86_400) : null,
		);
	} catch (error) {
		const late = error instanceof Error && error.name === "TimeoutError";
		return ended(null, late ? "Nobody answered within 10 seconds" : "The address could not be reached");
	}
}

function errorOf(status: number): string | null {
	if (status >= 200 && status < 300) return null;
	return status >= 300 && status < 400 ? `Answered ${status}: redirects are not followed` : `Answered ${status}`;
}

/** Asks what a name stands for. One address inside is enough to refuse; a name that nobody knows fails when it is sent to. */
async function leadsOutside(hostname: string): Promise<boolean> {
	if (/^[\d.]+$/.test(hostname) || hostname.startsWith("[")) return true; // judged already
	const found = await Promise.all(Object.entries(ADDRESS_TYPES).map(([type, code]) => lookUp(hostname, type, code)));
	return found.flat().every((address) => publicHost(address) !== null);
}

async function lookUp(hostname: string, type: string, code: number): Promise<string[]> {
	const answer = await fetch(`${RESOLVER}?name=${encodeURIComponent(hostname)}&type=${type}`, {
		headers: { accept: "application/dns-json" },
		signal: AbortSignal.timeout(NAMES_TIMEOUT_MS),
	});
	const { Answer = [] } = Answers.parse(await answer.json());
	return Answer.filter((each) => each.type === code).map(({ data }) => data);
}
