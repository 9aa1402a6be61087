import { signal } from "@preact/signals";

/** Whether this is an installation for development, with its outbox and its pretend phone. Null while nobody has asked. */
export const isDevelopment = signal<boolean | null>(null);

let asking: Promise<void> | undefined;

/** Finds out, once. Elsewhere the debug routes are not there, and a carrier that reaches people is not asked about at all. */
export function askIfDevelopment(): Promise<void> {
	asking ??= (async () => {
		const health: { carrier?: string } = await fetch("/api/health").then((reply) => reply.json());
		isDevelopment.value =
			health.carrier === "simulated" && (await fetch("/api/debug/outbox?limit=1").then(({ ok }) => ok));
	})().catch(() => {
		asking = undefined;
	});
	return asking;
}
